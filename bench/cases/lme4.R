# lme4's side: Rscript lme4.R FILE.csv 2|3
#
# FILE holds only the rows the model needs. It is read by data.table::fread where that is installed, else
# by read.csv with known column classes. R's just-in-time compiler and lme4's first call are warmed up on lme4's own
# example before the clock starts.

suppressPackageStartupMessages(library(lme4))
arguments <- commandArgs(trailingOnly = TRUE)
fast <- requireNamespace("data.table", quietly = TRUE)
read <- function(path) {
  if (fast) return(data.table::fread(path, data.table = FALSE, nThread = 1L))
  width <- length(strsplit(readLines(path, 1), ",")[[1]])
  read.csv(path, colClasses = rep("integer", width))
}

course <- y ~ intake * log(session) + (log(session) | client_id)
if (arguments[2] == "3") course <- update(course, . ~ . + (log(session) | therapist_id))

invisible(lmer(Reaction ~ Days + (Days | Subject), sleepstudy))
few <- tempfile(fileext = ".csv")
writeLines(c("a,b", "1,2"), few)
invisible(read(few))

start <- proc.time()
data <- read(arguments[1])
fit <- suppressWarnings(suppressMessages(lmer(course, data)))
used <- proc.time() - start

peak <- if (file.exists("/proc/self/status")) {
  line <- grep("VmHWM", readLines("/proc/self/status"), value = TRUE)
  as.numeric(gsub("[^0-9]", "", line))
} else sum(gc()[, 6]) * 1024
cat(sprintf('{"cpu": %.4f, "peak_kib": %.0f, "criterion": %.17g, "rows": %d, "reader": "%s", "version": "R %s, lme4 %s"}\n',
            used[["user.self"]] + used[["sys.self"]], peak, REMLcrit(fit), nobs(fit),
            if (fast) "data.table::fread" else "read.csv", getRversion(), packageVersion("lme4")))
