"""The course we would expect: sums, fit, reference, forecast.

`basis`, `course`, `predictive` and `forecast` are plain Python and load nothing; `moments`, `likelihood`,
`fit` and the rest need numpy and scipy and are imported only by those who fit.
"""
