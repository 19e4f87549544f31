"""Parts that every audience's pages share: the chart, the question. No queries."""
