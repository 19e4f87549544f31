"""The same baselines as a plain script: python -m bench.cases.evaluate_plain FILE.csv MAXIMUM RELIABLE AXIS.

As an analyst would write it with pandas, statsmodels and scikit-learn. It is given less to do: chances of no
reliable improvement at the fixed points only, no forecast distributions, no alerts, no differences, and
AUC, log loss and Brier score with 200 bootstrap draws of clients.
"""

import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import statsmodels.formula.api as smf
from scipy.stats import norm
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bench.cases.measured import measured

DRAWS, FIXED = 200, (1, 2, 3, 5, 7)
FEATURES = ["intake", "latest", "mean_so_far", "slope", "k", "ahead"]


def read(path: Path) -> pd.DataFrame:
    """Return the rows of a prepared file, with the first score and time beside each."""
    rows = pd.read_csv(path, dtype={"client_id": str, "fold": str})
    rows["intake"] = rows.groupby("client_id")["score"].transform("first")
    rows["since"] = rows["time"] - rows.groupby("client_id")["time"].transform("first")
    rows["ln"] = np.log1p(rows["since"])
    rows["k"] = rows.groupby("client_id").cumcount()
    return rows


def points_of(rows: pd.DataFrame, reliable: float) -> pd.DataFrame:
    """Return a line for each decision point: what was seen, and the last score."""
    found = []
    for name, own in rows.groupby("client_id", sort=False):
        time, score = own["since"].to_numpy(), own["score"].to_numpy()
        for k in range(1, len(own) - 1):
            slope = np.polyfit(time[: k + 1], score[: k + 1], 1)[0] if np.ptp(time[: k + 1]) else 0.0
            found.append(
                {"client": name, "fold": own["fold"].iat[0], "k": k, "intake": score[0], "latest": score[k],
                 "mean_so_far": score[: k + 1].mean(), "slope": slope, "since": time[k], "end": time[-1],
                 "ahead": np.log1p(time[-1] - time[k]), "last": score[-1]}
            )  # fmt: skip
    points = pd.DataFrame(found)
    points["change"] = points["latest"] - points["intake"]
    points["event"] = (points["intake"] - points["last"] < reliable).astype(int)
    return points


def chances(rows: pd.DataFrame, train: pd.DataFrame, test: pd.DataFrame, reliable: float) -> pd.DataFrame:
    """Return each method's chance of no reliable improvement, and its risk where that is another."""
    out = pd.DataFrame(index=test.index)
    bar = test["intake"] - reliable
    out["change"] = _logistic(train[["change", "k"]], train["event"], test[["change", "k"]])
    out["change risk"] = test["change"]
    mixed = smf.mixedlm("score ~ ln * intake", rows[rows["k"] > 0], groups="client_id", re_formula="~ln")
    fit = mixed.fit(method="lbfgs")
    for column, time in (("now", test["since"]), ("end", test["end"])):
        ln = np.log1p(time)
        cov = fit.cov_re.to_numpy()
        sd = np.sqrt(fit.scale + cov[0, 0] + 2 * ln * cov[0, 1] + ln**2 * cov[1, 1])
        mean = fit.predict(test.assign(ln=ln))
        if column == "now":
            out["log-time bound 80 % risk"] = (test["latest"] - mean) / sd
        else:
            out["log-time bound 80 %"] = norm.sf((bar + 0.5 - mean) / sd)
    cubic = smf.ols("score ~ (since + I(since**2) + I(since**3)) * intake", rows[rows["k"] > 0]).fit()
    out["cubic by intake risk"] = test["latest"] - cubic.predict(test)
    at_end = cubic.predict(test.assign(since=test["end"]))
    out["cubic by intake"] = norm.sf((bar + 0.5 - at_end) / np.sqrt(cubic.scale))
    for k in test["k"].unique():
        own, asked = train[train["k"] == k], test[test["k"] == k]
        columns = ["intake", "change"]
        out.loc[asked.index, "logistic"] = _logistic(own[columns], own["event"], asked[columns])
        near = make_pipeline(StandardScaler(), KNeighborsClassifier(30)).fit(own[FEATURES[:4]], own["event"])
        out.loc[asked.index, "nearest neighbours"] = near.predict_proba(asked[FEATURES[:4]])[:, 1]
        line = LinearRegression().fit(own[FEATURES], own["last"])
        spread = np.std(own["last"] - line.predict(own[FEATURES]), ddof=len(FEATURES) + 1)
        out.loc[asked.index, "landmark regression"] = norm.sf(
            (bar[asked.index] + 0.5 - line.predict(asked[FEATURES])) / spread
        )
    forest = RandomForestClassifier(150, min_samples_leaf=10, random_state=0).fit(
        train[FEATURES], train["event"]
    )
    out["random forest"] = forest.predict_proba(test[FEATURES])[:, 1]
    return out


def _logistic(x: pd.DataFrame, event: pd.Series, asked: pd.DataFrame) -> Any:
    return make_pipeline(StandardScaler(), LogisticRegression()).fit(x, event).predict_proba(asked)[:, 1]


def within(points: pd.DataFrame, risk: str) -> float:
    """Return the AUC over pairs within the same fold."""
    found = [
        (roc_auc_score(own["event"], own[risk]), own["event"].sum() * (1 - own["event"]).sum())
        for _, own in points.groupby("fold")
        if own["event"].nunique() == 2
    ]
    return float(np.average([auc for auc, _ in found], weights=[pairs for _, pairs in found]))


def evaluate(path: Path, reliable: float) -> dict[str, Any]:
    """Cross-validate the baselines and return the AUC within fold of each."""
    warnings.simplefilter("ignore")
    rows = read(path)
    points = points_of(rows, reliable)
    said = [
        chances(
            rows[rows["fold"] != fold], points[points["fold"] != fold], own[own["k"].isin(FIXED)], reliable
        )
        for fold, own in points.groupby("fold")
    ]
    told = pd.concat(said)
    judged = points.loc[told.index, ["client", "fold", "k", "event"]].join(told)
    names = [name for name in told if not name.endswith(" risk")]
    risks = {name: f"{name} risk" if f"{name} risk" in told else name for name in names}
    auc = {name: within(judged, risks[name]) for name in names}
    bootstrap(judged, risks)
    return {"clients": int(judged["client"].nunique()), "methods": len(names), "auc": auc, "failed": {}}


def bootstrap(judged: pd.DataFrame, risks: dict[str, str]) -> dict[str, Any]:
    """Return 95 % intervals of AUC, log loss and Brier score over draws of clients."""
    place = {name: own.index for name, own in judged.groupby("client")}
    names, draw, found = list(place), np.random.default_rng(0), []
    for _ in range(DRAWS):
        index = np.concatenate([place[names[i]] for i in draw.integers(len(names), size=len(names))])
        drawn = judged.loc[index]
        for name, risk in risks.items():
            p = drawn[name].clip(1e-12, 1 - 1e-12)
            figures = (within(drawn, risk), log_loss(drawn["event"], p), brier_score_loss(drawn["event"], p))
            found.append((name, *figures))
    table = pd.DataFrame(found, columns=["name", "auc", "log_loss", "brier"])
    return {
        str(name): own.iloc[:, 1:].quantile([0.025, 0.975]).to_dict() for name, own in table.groupby("name")
    }


if __name__ == "__main__":
    asked = Path(sys.argv[1]), float(sys.argv[3])
    measured(lambda: evaluate(*asked), lambda: read(asked[0]))
