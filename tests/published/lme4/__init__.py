"""Mixed models fitted by lme4, written down so that exactness is tested where there is no R."""
