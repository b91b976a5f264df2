#!/usr/bin/env python3
"""A line of `Benchmarks table`, done by libraries in Python: figures of the same form, one JSON object a line.

Arguments: the name of the line, and --quick. One thread, processor time, medians; the limit is measured around each repetition.
Whatever is not installed is passed over; the last line then says what was missing.
"""
import gzip
import json
import os
import statistics
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

try:
    import numpy as np
except ImportError:
    sys.exit(print("numpy is not installed") or 1)

LINE = sys.argv[1] if len(sys.argv) > 1 else ""
QUICK = "--quick" in sys.argv
REPETITIONS = 3 if QUICK else 5


def seconds(body):
    start = time.thread_time()
    body()
    return time.thread_time() - start


SQUARE = np.full((1536, 1536), 0.5, np.float32)


def multiplication():
    SQUARE @ SQUARE
    return 3 * 2 * 1536**3 / seconds(lambda: [SQUARE @ SQUARE for _ in range(3)])


def reading():
    array = reading.array
    return 3 * array.nbytes / seconds(lambda: [array @ array for _ in range(3)])


reading.array = np.ones(0, np.float32)


def report(by, unit, work, limit, measure):
    """`measure` answers how much was done, and in how many seconds of processor time."""
    rate = {"sgemm": multiplication, "read": reading}[limit]
    if limit == "read" and not reading.array.size:
        reading.array = np.ones(64 << 20, np.float32)
    measure()
    rates, ratios, limits = [], [], []
    for _ in range(REPETITIONS):
        before = rate()
        count, taken = measure()
        most = (before + rate()) / 2
        rates.append(count / taken)
        limits.append(most)
        ratios.append(count / taken * work / most)
    figure = {"name": LINE, "by": by, "unit": unit, "rate": statistics.median(rates), "ratio": statistics.median(ratios)}
    figure |= {"limit": limit, "limitRate": statistics.median(limits)}
    print(json.dumps(figure), flush=True)


def pixels(rows=60_000):
    path = "/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz"
    if not os.path.exists(path):
        return np.random.default_rng(0).integers(0, 256, (rows, 784), np.uint8)
    with gzip.open(path) as file:
        return np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784)[:rows]


# Training: the networks of Peers/accuracy.py, batches of 128, stochastic gradient descent with momentum.

STEPS = {
    "softmax": 4690, "MLP 256-128": 469, "MLP 1024-1024": 100, "CNN 32, 64": 100, "CNN 32-64, 128": 20, "ResNet-8": 50,
    "ResNet-20": 20,
}  # fmt: skip


def network(nn):
    def perceptron(*widths):
        layers = []
        for inputs, outputs in zip((784, *widths), (*widths, 10)):
            layers += [nn.Linear(inputs, outputs), nn.ReLU()]
        return nn.Sequential(nn.Flatten(), *layers[:-1])

    def convolution(inputs, outputs):
        return [nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU()]

    class Block(nn.Module):
        def __init__(self, inputs, outputs, step):
            super().__init__()
            self.body = nn.Sequential(
                nn.Conv2d(inputs, outputs, 3, step, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(),
                nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs))  # fmt: skip
            self.short = nn.Sequential()
            if step != 1 or inputs != outputs:
                self.short = nn.Sequential(nn.Conv2d(inputs, outputs, 1, step, bias=False), nn.BatchNorm2d(outputs))

        def forward(self, x):
            return nn.functional.relu(self.body(x) + self.short(x))

    def residual(blocks):
        layers = [nn.Conv2d(1, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU()]
        for inputs, outputs, step in ((16, 16, 1), (16, 32, 2), (32, 64, 2)):
            layers += [Block(inputs, outputs, step)] + [Block(outputs, outputs, 1) for _ in range(blocks - 1)]
        return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))

    head = [nn.Flatten(), nn.Linear(3136, 128), nn.ReLU(), nn.Linear(128, 10)]
    pool = nn.MaxPool2d(2)
    makers = {
        "softmax": perceptron, "MLP 256-128": lambda: perceptron(256, 128),
        "MLP 1024-1024": lambda: perceptron(1024, 1024),
        "CNN 32, 64": lambda: nn.Sequential(*convolution(1, 32), pool, *convolution(32, 64), pool, *head),
        "CNN 32-64, 128": lambda: nn.Sequential(
            *convolution(1, 32), *convolution(32, 64), pool, *convolution(64, 128), pool, nn.Flatten(),
            nn.Linear(6272, 128), nn.ReLU(), nn.Linear(128, 10)),
        "ResNet-8": lambda: residual(1), "ResNet-20": lambda: residual(3),
    }  # fmt: skip
    return makers[LINE]()


def operations(torch, model):
    """Of training with one sample: three products a layer, but for the gradient of the first layer's inputs."""
    counts = []

    def note(layer, inputs, outputs):
        if isinstance(layer, torch.nn.Linear):
            counts.append(2 * layer.in_features * layer.out_features)
        elif isinstance(layer, torch.nn.Conv2d):
            counts.append(2 * layer.weight.numel() * outputs.shape[-1] * outputs.shape[-2])

    hooks = [layer.register_forward_hook(note) for layer in model.modules()]
    model.eval()(torch.zeros(1, 1, 28, 28))
    for hook in hooks:
        hook.remove()
    return 3 * sum(counts) - counts[0]


def learning():
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(0)
    images = torch.from_numpy((pixels().astype(np.float32) / 255 - 0.2860) / 0.3530).reshape(-1, 1, 28, 28)
    labels = torch.randint(0, 10, (60_000,))
    model = network(torch.nn)
    work = operations(torch, model)
    if LINE.startswith(("CNN", "ResNet")):
        images, model = images.to(memory_format=torch.channels_last), model.to(memory_format=torch.channels_last)
    steps = STEPS[LINE] // (5 if QUICK else 1)

    def train(bf16):
        optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
        order = torch.randperm(60_000)
        model.train()
        for step in range(steps):
            rows = order[step * 128 % 59_904 :][:128]
            with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
                loss = torch.nn.functional.cross_entropy(model(images[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    for by, bf16 in ((f"torch {torch.__version__}", False), (f"torch {torch.__version__}, bf16", True)):
        report(by, "samples", work, "sgemm", lambda: (128 * steps, seconds(lambda: train(bf16))))


# Fitting: normal numbers around a mean of their class.


def mixture():
    rows, columns, classes = (10_000, 512, 100) if QUICK else (50_000, 512, 1_000)
    random = np.random.default_rng(0)
    means = 0.3 * random.standard_normal((classes, columns), np.float32)
    labels = random.integers(0, classes, rows)
    return means[labels] + random.standard_normal((rows, columns), np.float32), labels, classes


def ridge():
    x, labels, classes = mixture()
    penalties = 10.0 ** np.arange(-6, 7)

    def fit():
        # Leave-one-out by the eigenvectors of the Gram matrix, as scikit-learn's RidgeClassifierCV, in single precision.
        y = np.where(labels[:, None] == np.arange(classes), 1, -1).astype(np.float32)
        y -= y.mean(0)
        centred = x - x.mean(0)
        values, vectors = np.linalg.eigh(centred.T @ centred)
        turned = centred @ vectors
        sums = turned.T @ y
        best = None
        for penalty in penalties:
            scale = 1 / (values + penalty)
            left = y - turned @ (scale[:, None].astype(np.float32) * sums)
            left /= (1 - (turned**2) @ scale.astype(np.float32))[:, None]
            error = float(np.square(left).sum())
            best = min(best or (error, penalty), (error, penalty))
        return best

    report(f"numpy {np.__version__}", "fits", x.size * x.shape[1], "sgemm", lambda: (1, seconds(fit)))


def probe():
    import sklearn
    from sklearn.linear_model import LogisticRegression

    x, labels, classes = mixture()
    taken = {}

    def fit():
        # The mean loss with λ 0.001: C is the inverse of the penalty on the sum.
        model = LogisticRegression(C=1 / (0.001 * len(x)), tol=1e-3, max_iter=1000).fit(x, labels)
        taken["evaluations"] = int(model.n_iter_[0])

    fit()
    work = 4 * x.size * classes * taken["evaluations"]
    report(f"scikit-learn {sklearn.__version__}", "fits", work, "sgemm", lambda: (1, seconds(fit)))


def neighbours():
    x, _, _ = mixture()
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    queries = x[:1024]
    work = 2 * x.size

    def search():
        for start in range(0, len(queries), 256):
            scores = queries[start : start + 256] @ x.T
            np.argpartition(-scores, 20, axis=1)[:, :20]

    report(f"numpy {np.__version__}", "queries", work, "sgemm", lambda: (len(queries), seconds(search)))
    import faiss

    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(x.shape[1])
    index.add(x)
    report(
        f"faiss {faiss.__version__}", "queries", work, "sgemm",
        lambda: (len(queries), seconds(lambda: index.search(queries, 20))))  # fmt: skip


# Choosing, from the array to the row numbers.


def choosing():
    whole = 60_000 if LINE in ("herding", "k-center") else 10_000
    rows, count = (whole // 5, 200) if QUICK else (whole, 1_000)
    x = pixels(rows).astype(np.float32) / 255

    def herding():
        mean, sums, free = x.mean(0), np.zeros(784, np.float32), np.zeros(rows, np.float32)
        norms = np.einsum("ij,ij->i", x, x) / 2
        for pick in range(count):
            chosen = int(np.argmax(x @ ((pick + 1) * mean - sums) - norms + free))
            free[chosen] = -np.inf
            sums += x[chosen]

    def k_center():
        norms = np.einsum("ij,ij->i", x, x)
        nearest = np.full(rows, np.inf, np.float32)
        chosen = 0
        for _ in range(count):
            np.minimum(nearest, norms - 2 * (x @ x[chosen]) + norms[chosen], out=nearest)
            chosen = int(np.argmax(nearest))

    def kernel():
        unit = x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-12)
        return unit @ unit.T

    def facility_location():
        similarities = kernel()
        covered = np.zeros(rows, np.float32)
        gains = similarities.sum(1)
        for _ in range(count):
            while True:
                best = int(np.argmax(gains))
                gain = float(np.maximum(similarities[best] - covered, 0).sum())
                gains[best] = gain
                if gain >= np.partition(gains, -2)[-2]:
                    break
            np.maximum(covered, similarities[best], out=covered)
            gains[best] = -np.inf

    def graph_cut():
        similarities = kernel()
        gains = similarities.sum(1)
        for _ in range(count):
            best = int(np.argmax(gains))
            gains -= similarities[best]
            gains[best] = -np.inf

    body = {"herding": herding, "k-center": k_center, "facility-location": facility_location, "graph-cut": graph_cut}[LINE]
    limit, work = ("read", x.nbytes * count) if LINE in ("herding", "k-center") else ("sgemm", rows * rows * 784)
    report(f"numpy {np.__version__}", "selections", work, limit, lambda: (1, seconds(body)))


LINES = dict.fromkeys(STEPS, learning) | {"ridge": ridge, "probe": probe, "k-NN": neighbours}
LINES |= dict.fromkeys(("herding", "k-center", "facility-location", "graph-cut"), choosing)

if LINE not in LINES:
    sys.exit(print(f"no line is called {LINE!r}") or 64)
try:
    LINES[LINE]()
except ImportError as error:
    print(f"{error.name} is not installed")
