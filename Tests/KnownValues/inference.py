"""Values that the tests of Statistics compare with: python3 Tests/KnownValues/inference.py (NumPy, SciPy 1.17.1)."""
import numpy as np
from scipy import integrate, optimize, stats

one = np.array([0.012, 0.004, 0.009, -0.002, 0.011])
test = stats.ttest_1samp(one, 0)
low, high = test.confidence_interval(0.95)
print("one stratum", test.pvalue, low, high)

strata = [np.array(x) for x in ([0.012, 0.004, 0.009], [0.02, -0.01, 0.03], [0.001, 0.002, 0.004, 0.003])]
total = sum(len(x) for x in strata)
parts = np.array([len(x) * x.var(ddof=1) / total**2 for x in strata])
free = np.array([len(x) - 1 for x in strata])
welch = parts.sum() ** 2 / (parts**2 / (free + 2)).sum() - 2
degrees = min(max(welch, free.min()), free.sum())
mean, error = np.concatenate(strata).mean(), parts.sum() ** 0.5
reach = stats.t.ppf(0.975, degrees) * error
print("strata", mean, error, degrees, mean - reach, mean + reach, 2 * stats.t.sf(mean / error, degrees))
print("far tail", 2 * stats.t.sf(40, 9), "chi2", stats.chi2.ppf(0.3, 7))

# The best of many: residual variance, posterior of B, then θ by a Student posterior with independent normals given the scale.
y = np.array([[0.80, 0.82, 0.81, 0.83], [0.79, 0.83, 0.80, 0.82], [0.77, 0.80, 0.80, 0.80]])
k, n = y.shape
r = y - y.mean(1, keepdims=True) - y.mean(0, keepdims=True) + y.mean()
f = (k - 1) * (n - 1)
v = (r**2).sum() / f / n
m = y.mean(1)
S = ((m - m.mean()) ** 2).sum()
a, u = (k - 1) / 2, S / (2 * v)
w = lambda b: b**a * np.exp(-b * u)
z = integrate.quad(w, 0, 1)[0]
B = integrate.quad(lambda b: b * w(b), 0, 1)[0] / z
var = integrate.quad(lambda b: b * b * w(b), 0, 1)[0] / z - B * B
shrunk = m + B * (m.mean() - m)
s2 = v * (1 - B) + var * (m - m.mean()) ** 2
rng = np.random.default_rng(1)
draws = 4_000_000
scale = np.sqrt(f / rng.chisquare(f, draws))
theta = shrunk + rng.standard_normal((draws, k)) * np.sqrt(s2) * scale[:, None]
best = theta.max(1)
print("best of many", v, B, shrunk, [(theta[:, i] == best).mean() for i in range(k)], best.mean() - shrunk)

n_ = np.array([20.0, 50, 100, 200])
q = np.array([0.70, 0.76, 0.79, 0.815])
p, _ = optimize.curve_fit(lambda n, a, b, c: a - b * n**-c, n_, q, p0=[0.9, 1, 0.5], maxfev=100000, xtol=1e-15, ftol=1e-15)
print("learning curve", p)
# A log-linear curve from (20, .70) to (50, .76) is at .745 at:
print("equivalent", np.exp(np.log(20) + (0.745 - 0.70) / 0.06 * np.log(2.5)))
