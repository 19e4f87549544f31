# Fits the models of cases.json with lme4 and writes what lme4 found, one JSON file per case.
#
#   Rscript fit.R OUT                      the small cases, from inputs/
#   Rscript fit.R OUT LARGE                also the large ones, from the folder LARGE
#   Rscript fit.R OUT LARGE case case ...  only these
#
# Thetas are lme4's: the lower triangle of the relative covariance factor, column by column, clients first.

suppressPackageStartupMessages({library(lme4); library(jsonlite)})

arguments <- commandArgs(trailingOnly = TRUE)
here <- dirname(normalizePath(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))
source(file.path(here, "json17.R"))
source(file.path(here, "versions.R"))

# A weight is proved on real copies: w fresh clients with the same rows, in the same therapist.
copied <- function(data, weight) {
  rows <- rep(seq_len(nrow(data)), data[[weight]])
  copy <- sequence(data[[weight]])
  out <- data[rows, ]
  out$client_id <- out$client_id + max(data$client_id) * (copy - 1L)
  out[order(out$client_id), ]
}

model <- function(case) {
  term <- function(columns, group) paste0("(", paste(columns, collapse = " + "), " | ", group, ")")
  parts <- c(paste(case$fixed, collapse = " + "), term(case$client, "client_id"))
  if (!is.null(case$therapist)) parts <- c(parts, term(case$therapist, "therapist_id"))
  as.formula(paste("y ~", paste(parts, collapse = " + ")))
}

# Points at which every engine must give the same criterion: plain, correlated, and on the boundary.
points_for <- function(q) switch(q,
  list(1, 0.3, 0),
  list(c(1, 0, 0.5), c(0.8, -0.2, 0.3), c(0.8, -0.2, 0), c(0, 0, 0.4), c(0, 0, 0)),
  list(c(1, 0, 0, 0.5, 0, 0.25), c(0.9, -0.3, 0.1, 0.6, -0.2, 0.4), c(0.9, -0.3, 0.1, 0.6, -0.2, 0),
       c(1, 0, 0, 0, 0, 0), rep(0, 6)))

given_points <- function(case) {
  client <- points_for(length(case$client))
  if (is.null(case$therapist)) return(client)
  therapist <- points_for(length(case$therapist))
  Map(c, client, rep_len(rev(therapist), length(client)))
}

# lme4's criterion once more, by its slower optimiser told to look closely.
polished <- function(devfun, theta, lower) {
  close <- list(FtolAbs = 1e-13, FtolRel = 1e-16, XtolRel = 1e-10, maxfun = 20000)
  for (again in 1:3) theta <- Nelder_Mead(devfun, theta, lower = lower, control = close)$par
  list(theta = I(unname(theta)), criterion = devfun(theta))
}

criterion <- function(fit) if (isREML(fit)) REMLcrit(fit) else deviance(fit)

# lme4's conditional variances take time with the square of the clients: above 20,000 only the effects.
effects_of <- function(fit, group, first = 5) {
  spread <- max(ngrps(fit)) <= 20000
  found <- ranef(fit, condVar = spread)[[group]]
  variance <- function(i) matrix(attr(found, "postVar")[, , i], ncol(found))
  ids <- unique(as.character(model.frame(fit)[[group]]))
  lapply(match(head(ids, first), rownames(found)), function(i) list(
    id = rownames(found)[i],
    effects = I(unname(unlist(found[i, ]))),
    conditional_sd = if (spread) I(sqrt(diag(variance(i)))),
    conditional_covariance = if (spread) variance(i)))
}

fit_case <- function(name, case, folder) {
  path <- file.path(folder, paste0(case$input, ".csv"))
  data <- read.csv(path)
  if (!is.null(case$weight)) data <- copied(data, case$weight)
  formula <- model(case)
  warned <- character()
  note <- function(w) { warned <<- c(warned, conditionMessage(w)); invokeRestart("muffleWarning") }
  seconds <- system.time(fit <- withCallingHandlers(
    suppressMessages(lmer(formula, data, REML = case$reml)), warning = note))
  devfun <- lmer(formula, data, REML = case$reml, devFunOnly = TRUE)
  points <- c(list(unname(getME(fit, "theta"))), given_points(case))
  large <- isTRUE(case$large)
  list(
    case = name, input = case$input, input_sha256 = sha256(path), weight = case$weight,
    formula = paste(deparse(formula, width.cutoff = 500), collapse = " "), reml = case$reml,
    fixed = I(case$fixed), random = lapply(case[intersect(c("client", "therapist"), names(case))], I),
    n_rows = nobs(fit), n_groups = as.list(ngrps(fit)),
    theta = I(unname(getME(fit, "theta"))), beta = I(unname(fixef(fit))),
    vcov_beta = unname(as.matrix(vcov(fit))), sigma = sigma(fit),
    criterion = criterion(fit), log_lik = as.numeric(logLik(fit)), singular = isSingular(fit),
    criterion_at = lapply(points, function(theta) list(theta = I(theta), criterion = devfun(theta))),
    polished = if (!large) polished(devfun, getME(fit, "theta"), getME(fit, "lower")),
    first_clients = effects_of(fit, "client_id"),
    first_therapists = if (!is.null(case$therapist)) effects_of(fit, "therapist_id"),
    messages = I(unique(c(warned, unlist(fit@optinfo$conv$lme4$messages)))),
    optimiser = fit@optinfo$optimizer, evaluations = fit@optinfo$feval,
    seconds_user = unname(seconds[["user.self"]]), versions = versions())
}

cases <- read_json(file.path(here, "cases.json"), simplifyVector = TRUE)
wanted <- if (length(arguments) > 2) arguments[-(1:2)] else
  Filter(function(name) length(arguments) > 1 || is.null(cases[[name]]$large), names(cases))
for (name in wanted) {
  folder <- if (is.null(cases[[name]]$large)) file.path(here, "inputs") else arguments[2]
  found <- fit_case(name, cases[[name]], folder)
  write_json17(found, file.path(arguments[1], paste0(name, ".json")))
  cat(sprintf("%-44s %.10g  singular %s  %.1f s  %s\n", name, found$criterion, found$singular,
              found$seconds_user, paste(found$messages, collapse = "; ")))
}
