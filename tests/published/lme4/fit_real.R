# Fits the published models of real data with lme4 and writes results only: no row of anybody's data.
#
#   Rscript fit_real.R OUT [FOLDER]        FOLDER: where the CSV files are (else $MIDCOURSE_DATA)
#
# docs/reference/data.md says where each file comes from. The SHA-256 in each JSON is the file's.

suppressPackageStartupMessages(library(lme4))

arguments <- commandArgs(trailingOnly = TRUE)
here <- dirname(normalizePath(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))
source(file.path(here, "json17.R"))
source(file.path(here, "versions.R"))
folder <- if (length(arguments) > 1) arguments[2] else Sys.getenv("MIDCOURSE_DATA")

# Stopping early is lme4's habit; these are stored as regression values, so it is told not to.
tight <- lmerControl(optimizer = "nloptwrap", calc.derivs = FALSE,
                     optCtrl = list(xtol_abs = 1e-12, ftol_abs = 1e-12, maxeval = 20000))

write_fit <- function(name, source, file, prepared, fixed, random, data, reml) {
  formula <- as.formula(paste("y ~", paste(fixed, collapse = " + "), "+ (", paste(random, collapse = " + "), "| client_id)"))
  fit <- suppressMessages(lmer(formula, data, REML = reml, control = tight))
  devfun <- lmer(formula, data, REML = reml, devFunOnly = TRUE)
  theta <- unname(getME(fit, "theta"))
  start <- list(1, c(1, 0, 0.5), c(1, 0, 0, 0.5, 0, 0.25))[[length(random)]]
  path <- file.path(folder, file)
  write_json17(list(
    case = name, source = source, file = file, file_sha256 = sha256(path), prepared = prepared,
    formula = paste(deparse(formula, width.cutoff = 500), collapse = " "), reml = reml,
    n_rows = nobs(fit), n_clients = unname(ngrps(fit)),
    theta = I(theta), beta = I(unname(fixef(fit))), vcov_beta = unname(as.matrix(vcov(fit))),
    sigma = sigma(fit), covariance = as.matrix(unclass(VarCorr(fit))[[1]])[, , drop = FALSE],
    criterion = if (reml) REMLcrit(fit) else deviance(fit), log_lik = as.numeric(logLik(fit)), aic = AIC(fit),
    criterion_at = lapply(list(theta, start), function(at) list(theta = I(at), criterion = devfun(at))),
    versions = versions()), file.path(arguments[1], paste0("real_", name, ".json")))
  cat(sprintf("%-36s logLik %.4f AIC %.2f beta %s\n", name, logLik(fit), AIC(fit),
              paste(sprintf("%.4f", fixef(fit)), collapse = " ")))
  invisible(fit)
}

reisby <- function() {
  file <- "reisby1977_hdrs.csv"
  data <- subset(read.csv(file.path(folder, file)), !is.na(score))
  data <- transform(data, y = score, week = time, week2 = time^2)
  book <- "Hedeker and Gibbons 2006, tables 4.3 to 5.1; data of Reisby et al. 1977, doi 10.1007/BF00426574"
  how <- "rows with a score; y = score, week = time, week2 = week squared"
  put <- function(name, fixed, random, reml)
    write_fit(paste0("reisby_", name), book, file, how, c("1", fixed), c("1", random), data, reml)
  put("random_intercept_reml", "week", NULL, TRUE)
  put("random_slope_reml", "week", "week", TRUE)
  put("random_slope_ml", "week", "week", FALSE)
  put("quadratic_ml", c("week", "week2"), c("week", "week2"), FALSE)
  put("endogenous_ml", c("week", "endogenous", "week:endogenous"), "week", FALSE)
}

beat_the_blues <- function() {
  file <- "beat_the_blues_bdi.csv"
  data <- read.csv(file.path(folder, file))
  intake <- with(subset(data, time == 0), setNames(score, client_id))
  data <- subset(data, time > 0 & !is.na(score))
  data <- transform(data, y = score, bdi_pre = intake[as.character(client_id)], month = time,
                    btheb = as.numeric(arm == "BtheB"), drug = as.numeric(antidepressant == "Yes"),
                    long = as.numeric(episode_length == ">6m"))
  how <- paste("rows after month 0 with a score; y = score, bdi_pre = the client's score at month 0, month = time,",
               "btheb = 1 in arm BtheB, drug = 1 where antidepressant is Yes, long = 1 where episode_length is >6m")
  fixed <- c("1", "bdi_pre", "month", "btheb", "drug", "long")
  book <- "HSAUR3 1.0-15, chapter 13"
  write_fit("beat_the_blues_intercept_ml", book, file, how, fixed, "1", data, FALSE)
  write_fit("beat_the_blues_slope_ml", book, file, how, fixed, c("1", "month"), data, FALSE)
}

nimh <- function() {
  file <- "nimh_schizophrenia_imps79.csv"
  data <- subset(read.csv(file.path(folder, file)), !is.na(score))
  data <- transform(data, y = score, root_week = sqrt(time), drug = as.numeric(arm == "drug"))
  write_fit("nimh_imps79_ml", "Hedeker and Gibbons 2006, NIMH Schizophrenia Collaborative Study", file,
            "rows with a score; y = score, root_week = sqrt(time), drug = 1 in arm drug",
            c("1", "root_week", "drug", "root_week:drug"), c("1", "root_week"), data, FALSE)
}

enrichd <- function() {
  file <- "enrichd_cbt_bdi.csv"
  data <- subset(read.csv(file.path(folder, file)), !is.na(score))
  data <- transform(data, y = score, x = log1p(time / 7) / log1p(180 / 7), day = time / 180)
  where <- "no printed source: a second implementation's value"
  write_fit("enrichd_log_week_ml", where, file, "every row; y = score, x = log(1 + week)/log(1 + 180/7), week = time/7",
            c("1", "x"), c("1", "x"), data, FALSE)
  write_fit("enrichd_linear_ml", where, file, "every row; y = score, day = time/180",
            c("1", "day"), c("1", "day"), data, FALSE)
}

# Each client's own slope is that client's; only how many fall on each side is kept.
claus <- function() {
  file <- "claus2020_inpatient_bdi_hamd.csv"
  path <- file.path(folder, file)
  data <- subset(read.csv(path), measure == "hamd" & !is.na(score))
  fit <- suppressMessages(lmer(score ~ time + (time | client_id), data, REML = TRUE))
  slopes <- as.data.frame(ranef(fit, condVar = TRUE))
  slopes <- subset(slopes, term == "time")
  both <- with(data, intersect(client_id[time == 1], client_id[time == 4]))
  z <- with(slopes, (condval / condsd)[as.character(grp) %in% as.character(both)])
  write_json17(list(
    case = "claus_hamd_slopes_reml", source = "Claus, Scherbaum and Bonnet 2020, doi 10.1159/000505855", file = file,
    file_sha256 = sha256(path), formula = "score ~ time + (time | client_id)", reml = TRUE,
    prepared = paste("measure hamd, all four occasions; z = slope deviation / its conditional standard deviation,",
                     "beyond 1.96, counted on clients with occasions 1 and 4; lower is better"),
    n_rows = nobs(fit), n_clients = unname(ngrps(fit)), n_counted = length(z),
    theta = I(unname(getME(fit, "theta"))), beta = I(unname(fixef(fit))), sigma = sigma(fit),
    criterion = REMLcrit(fit), improved = sum(z < -1.96), unchanged = sum(abs(z) <= 1.96), deteriorated = sum(z > 1.96),
    versions = versions()), file.path(arguments[1], "real_claus_hamd_slopes_reml.json"))
  cat("claus", length(z), sum(z < -1.96), sum(abs(z) <= 1.96), sum(z > 1.96), "\n")
}

reisby(); beat_the_blues(); nimh(); enrichd(); claus()
