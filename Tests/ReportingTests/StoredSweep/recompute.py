"""Recomputes with NumPy and SciPy what Winnow says of the sweep in trials.csv, by the definitions of the documents alone.

    python3 recompute.py > values.json        (NumPy 2, SciPy 1.17; a minute)

trials.csv holds 240 trials of the built-in data set: 2 strategies x 4 pools x 5 budgets x 6 seeds, what each reached in the
deployment, and what it spent on each item of the price list. The test RecomputedSweepTests compares.
"""
import csv
import json
import pathlib

import numpy as np
from scipy import integrate, optimize, stats

REDRAWS = 200_000
here = pathlib.Path(__file__).parent
rows = list(csv.DictReader(open(here / "trials.csv")))
items = [name for name in rows[0] if name not in ("strategy", "shift", "budget", "seed", "items", "deployment")]
budgets = sorted({int(row["budget"]) for row in rows})
options = sorted({(row["strategy"], row["shift"]) for row in rows})
seeds = sorted({int(row["seed"]) for row in rows})


def cells(option, budget):
    found = [r for r in rows if (r["strategy"], r["shift"]) == option and int(r["budget"]) == budget]
    return sorted(found, key=lambda row: int(row["seed"]))


def scores(option, budget):
    return np.array([100 * float(row["deployment"]) for row in cells(option, budget)])


def spending(option, budget):
    return np.array([[float(row[item]) for item in items] for row in cells(option, budget)]).mean(0)


def images(option, budget):
    return float(np.mean([int(row["items"]) for row in cells(option, budget)]))


def name(option):
    return f"{option[0]} on {option[1]}"


def first_to_last(budget):
    return sorted(options, key=lambda option: -scores(option, budget).mean())


# --- one setting: scores, margins, pairs that differ, who is really the best ----------------------------------------------------


def holm(values):
    order = np.argsort(values)
    found, most = np.empty(len(values)), 0.0
    for place, index in enumerate(order):
        most = max(most, min(1.0, values[index] * (len(values) - place)))
        found[index] = most
    return found


def best_of_many(order, budget, rng):
    """Normal means around the mean of their pool, the share B of noise with a uniform prior, scale by chi squared."""
    y = np.array([scores(option, budget) for option in order])
    pools = [option[1] for option in order]
    k, n = y.shape
    residual = y - y.mean(1, keepdims=True) - y.mean(0, keepdims=True) + y.mean()
    freedom = (k - 1) * (n - 1)
    noise = (residual**2).sum() / freedom / n
    mean = y.mean(1)
    size = np.array([pools.count(pool) for pool in pools])
    center = np.array([mean[[i for i, other in enumerate(pools) if other == pool]].mean() for pool in pools])
    groups = len(set(pools))
    power, rate = (k - groups) / 2, ((mean - center) ** 2).sum() / (2 * noise)
    density = lambda b: np.exp(power * np.log(b) - rate * b) if b > 0 else 0.0
    whole = integrate.quad(density, 0, 1, limit=400, points=[min(1, power / rate)])[0]
    moment = lambda p: integrate.quad(lambda b: b**p * density(b), 0, 1, limit=400, points=[min(1, power / rate)])[0] / whole
    share = moment(1)
    spread = moment(2) - share**2
    shrunk = mean + share * (center - mean)
    variance = noise * (1 - share + (share / size if groups > 1 else 0)) + spread * (mean - center) ** 2
    wins, best, draws = np.zeros(k), 0.0, 4
    for _ in range(draws):
        scale = np.sqrt(freedom / rng.chisquare(freedom, 500_000))
        theta = shrunk + rng.standard_normal((500_000, k)) * np.sqrt(variance) * scale[:, None]
        top = theta.argmax(1)
        wins += np.bincount(top, minlength=k) / len(top)
        best += theta.max(1).mean()
    return wins / draws, shrunk, best / draws - shrunk


def setting(budget, rng):
    order = first_to_last(budget)
    chance, shrunk, regret = best_of_many(order, budget, rng)
    gap = scores(order[0], budget) - scores(order[1], budget)
    test = stats.ttest_1samp(gap, 0)
    reach = test.confidence_interval(0.95)
    pairs = [(a, b) for i, a in enumerate(order) for b in order[i + 1 :]]
    p = np.array([stats.ttest_1samp(scores(a, budget) - scores(b, budget), 0).pvalue for a, b in pairs])
    return {
        "budget": budget,
        "standings": [
            {
                "option": name(option), "score": scores(option, budget).mean(), "cost": spending(option, budget).sum(),
                "chanceBest": chance[i], "shrunk": shrunk[i], "regret": regret[i],
            }
            for i, option in enumerate(order)
        ],
        "margin": {"difference": gap.mean(), "low": reach.low, "high": reach.high},
        "isClear": bool(all(q <= 0.05 for (a, _), q in zip(pairs, p) if a == order[0])),
        "differ": sorted(sorted([name(a), name(b)]) for (a, b), q in zip(pairs, holm(p)) if q <= 0.05),
        "prices": break_evens(order, budget),
    }


# --- prices: curves charged again, read at the same money --------------------------------------------------------------------------


def read(costs, values, money):
    x, at = np.log(costs), np.log(money)
    order = np.argsort(x)
    x, values = x[order], np.asarray(values)[order]
    place = int(np.clip(np.searchsorted(x, at), 1, len(x) - 1))
    share = (at - x[place - 1]) / (x[place] - x[place - 1])
    return values[place - 1] + share * (values[place] - values[place - 1])


def break_evens(order, budget):
    levels = {}
    for option in order:
        spent = [spending(option, level) for level in budgets]
        levels[option] = (
            [amounts / amounts.sum() * level for amounts, level in zip(spent, budgets)],
            [scores(option, level).mean() for level in budgets],
        )

    def lead(option, item, factor):
        factors = np.ones(len(items))
        factors[item] = factor
        at = lambda subject: read([amounts @ factors for amounts in levels[subject][0]], levels[subject][1], budget)
        return at(order[0]) - at(option)

    found = {}
    for item, label in enumerate(items):
        turns = []
        for option in order[1:]:
            for sign in (1, -1):
                grid = np.exp(sign * np.linspace(0, np.log(64), 1_500))
                values = np.array([lead(option, item, factor) for factor in grid])
                below = np.nonzero(values < 0)[0]
                if len(below):
                    place = below[0]
                    turns.append((optimize.brentq(lambda f: lead(option, item, f), grid[place - 1], grid[place], xtol=1e-13), name(option)))
        if turns:
            ratio, successor = min(turns, key=lambda turn: max(turn[0], 1 / turn[0]))
            found[label] = {"ratio": ratio, "successor": successor}
    return found


# --- money: what others cost for the same, and the curves that it follows ---------------------------------------------------------


def redrawn(rng, *tables):
    """Rows of means, moved by what Student's t allows: the same draws for all tables (budgets x seeds)."""
    n = len(seeds)
    weight = rng.standard_normal((REDRAWS, n)) * np.sqrt(n / (n - 1)) / n
    weight *= np.sqrt((n - 1) / rng.chisquare(n - 1, REDRAWS))[:, None]
    return [t.mean(1) + weight @ (t - t.mean(1, keepdims=True)).T for t in tables]


def reach(costs, means, target):
    """The cost from which on a curve has been at the target, straight over log cost: -inf below, inf beyond."""
    means, target = np.atleast_2d(means), np.atleast_1d(target)
    found = np.full(len(means), np.inf)
    for place in range(len(costs) - 1, 0, -1):
        rises = (means[:, place] >= target) & (means[:, place - 1] < target)
        share = (target[rises] - means[rises, place - 1]) / (means[rises, place] - means[rises, place - 1])
        found[rises] = np.exp(np.log(costs[place - 1]) + share * np.log(costs[place] / costs[place - 1]))
    found[means[:, 0] > target] = -np.inf
    found[means[:, 0] == target] = costs[0]
    return found


def interval(values):
    ends = np.quantile(values, [0.025, 0.975], method="nearest")
    return [float(end) if np.isfinite(end) else None for end in ends]


def told(cost):
    return float(cost) if np.isfinite(cost) else ("at most" if cost < 0 else "more than")


def power_law(costs, means):
    """The least squares of a - b n^-alpha by SciPy's trust region, from several starts."""
    best = None
    for start in (0.1, 0.3, 1.0, 2.0):
        model = lambda p: p[0] - p[1] * (np.array(costs) / costs[0]) ** -np.exp(p[2]) - means
        found = optimize.least_squares(model, [means[-1] + 1, means[-1] - means[0] + 1, np.log(start)], xtol=1e-15, ftol=1e-15, gtol=1e-15, max_nfev=5_000)
        if best is None or found.cost < best.cost:
            best = found
    return best.x[0], best.x[1] * costs[0] ** np.exp(best.x[2]), float(np.exp(best.x[2])), best.cost


def worth(rng):
    own = first_to_last(budgets[-1])[0]
    table = lambda option: np.array([scores(option, budget) for budget in budgets])
    found = []
    for other in [o for o in options if o[0] == "random" and o != own]:
        costs = [spending(other, budget).sum() for budget in budgets]
        mine, theirs = redrawn(rng, table(own), table(other))
        found.append({
            "other": name(other),
            "levels": [
                {
                    "spent": spending(own, budget).sum(),
                    "equivalent": told(reach(costs, table(other).mean(1), table(own)[level].mean())[0]),
                    "interval": interval(reach(costs, theirs, mine[:, level])),
                }
                for level, budget in enumerate(budgets)
            ],
        })
    return {"own": name(own), "others": found}


def curves():
    found = []
    for option in [o for o in options if o[0] == "random"]:
        costs = [spending(option, budget).sum() for budget in budgets]
        limit, gain, exponent, _ = power_law(costs, np.array([scores(option, budget).mean() for budget in budgets]))
        # Where the curve reaches what the best option of the largest budget does.
        target = scores(first_to_last(budgets[-1])[0], budgets[-1]).mean()
        cost = (gain / (limit - target)) ** (1 / exponent) if limit > target else None
        found.append({"option": name(option), "limit": limit, "exponent": exponent, "costOfBest": cost})
    return found


# --- the field: how many pictures of it are worth as many from elsewhere ------------------------------------------------------------


def field(rng):
    own = ("random", "field")
    counts = [images(own, budget) for budget in budgets]
    photographs, setup = items.index("photograph"), items.index("setup")
    once = spending(own, budgets[-1])[setup]
    rest = sum(spending(own, b).sum() - spending(own, b)[photographs] - spending(own, b)[setup] for b in budgets) / sum(counts)
    table = lambda option: np.array([scores(option, budget) for budget in budgets])
    found = []
    for other in [o for o in options if o[0] == "random" and o != own]:
        mine, theirs = redrawn(rng, table(own), table(other))
        equal = float(reach(counts, table(own).mean(1), table(other)[-1].mean())[0])
        cost = spending(other, budgets[-1]).sum()
        found.append({
            "shift": other[1], "pictures": images(other, budgets[-1]), "equal": equal,
            "interval": interval(reach(counts, mine, theirs[:, -1])), "breakEven": (cost - once) / equal - rest,
        })
    return found


rng = np.random.default_rng(20261128)
print(json.dumps({"settings": [setting(budget, rng) for budget in budgets], "worth": worth(rng), "curves": curves(), "field": field(rng)}, indent=1, default=float, allow_nan=False))
