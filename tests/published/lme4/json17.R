# JSON with 17 significant digits: jsonlite stops at 15, and exactness is what these files are for.

number <- function(x) ifelse(is.na(x), "null", sprintf("%.17g", x))

quoted <- function(x) paste0('"', gsub('(["\\\\])', "\\\\\\1", gsub("\\s+", " ", x)), '"')

as_json <- function(x, indent = "") {
  deeper <- paste0(indent, " ")
  if (is.null(x)) return("null")
  if (is.list(x)) {
    inner <- vapply(x, as_json, "", indent = deeper)
    if (!is.null(names(x))) inner <- paste0(quoted(names(x)), ": ", inner)
    ends <- if (is.null(names(x))) c("[", "]") else c("{", "}")
    if (length(x) == 0) return(paste0(ends, collapse = ""))
    body <- paste0("\n", deeper, inner, collapse = ",")
    return(paste0(ends[1], body, "\n", indent, ends[2]))
  }
  if (is.matrix(x)) return(as_json(lapply(seq_len(nrow(x)), function(i) I(unname(x[i, ]))), indent))
  text <- if (is.character(x)) quoted(x) else if (is.logical(x)) tolower(as.character(x)) else number(x)
  if (length(x) == 1 && !inherits(x, "AsIs")) text else paste0("[", paste(text, collapse = ", "), "]")
}

write_json17 <- function(x, path) writeLines(as_json(x), path)
