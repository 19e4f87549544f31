# What the numbers were made with.

sha256 <- function(path) {
  command <- if (nzchar(Sys.which("sha256sum"))) "sha256sum" else "shasum -a 256"
  substr(system(paste(command, shQuote(path)), intern = TRUE), 1, 64)
}

versions <- function() list(
  R = as.character(getRversion()),
  lme4 = as.character(packageVersion("lme4")),
  Matrix = as.character(packageVersion("Matrix")),
  os = utils::osVersion,
  platform = R.version$platform,
  blas = basename(extSoftVersion()[["BLAS"]])
)
