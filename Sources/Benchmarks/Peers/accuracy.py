#!/usr/bin/env python3
"""What `Benchmarks accuracy` measures, with PyTorch: the same networks, recipes and table.

Arguments: the number of seeds (5 unless given), then names of workloads, none for all.
"""
import gzip
import math
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)


def read(name):
    with gzip.open(f"/usr/share/datasets/fashion-mnist/{name}-images-idx3-ubyte.gz") as file:
        pixels = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 1, 28, 28)
    with gzip.open(f"/usr/share/datasets/fashion-mnist/{name}-labels-idx1-ubyte.gz") as file:
        labels = np.frombuffer(file.read(), np.uint8, offset=8).astype(np.int64)
    return (torch.from_numpy(pixels.astype(np.float32)) / 255 - 0.2860) / 0.3530, torch.from_numpy(labels)


class Block(nn.Module):
    def __init__(self, inputs, outputs, step):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, step, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = nn.Sequential()
        if step != 1 or inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, step, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + self.downsample(x))


def perceptron(*widths):
    layers = [nn.Flatten()]
    for inputs, outputs in zip((784, *widths), (*widths, 10)):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def convolutional():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(3136, 128), nn.ReLU(), nn.Linear(128, 10))  # fmt: skip


def residual():
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU(), Block(16, 16, 1), Block(16, 32, 2),
        Block(32, 64, 2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))  # fmt: skip


def sgd(rate, decay=0.0, nesterov=False):
    return lambda model: torch.optim.SGD(model.parameters(), rate, 0.9, weight_decay=decay, nesterov=nesterov)


def adamw(rate, decay):
    return lambda model: torch.optim.AdamW(model.parameters(), rate, weight_decay=decay)


def mixed(x, y):
    """Half of the images mirrored, then mixup (0.2) or cutmix (1) of the whole batch with the batch reversed."""
    flips = torch.rand(len(x)) < 0.5
    x = torch.where(flips[:, None, None, None], x.flip(3), x)
    if np.random.rand() < 0.5:
        share = 1 - np.random.beta(1, 1)
        side = math.sqrt(share)
        middle = np.random.randint(28, size=2)
        extent = int(side * 28)
        top, left = np.maximum(middle - extent // 2, 0)
        bottom, right = np.minimum(middle + (extent + 1) // 2, 28)
        x = x.clone()
        x[:, :, top:bottom, left:right] = x.flip(0)[:, :, top:bottom, left:right]
        own = 1 - (bottom - top) * (right - left) / 784
    else:
        own = np.random.beta(0.2, 0.2)
        x = own * x + (1 - own) * x.flip(0)
    targets = F.one_hot(y, 10).float()
    return x, own * targets + (1 - own) * targets.flip(0)


WORKLOADS = {
    "softmax": (perceptron, 10, sgd(0.01), 0.0, None),
    "mlp": (lambda: perceptron(256, 128), 5, sgd(0.05), 0.0, None),
    "mlp-nesterov": (lambda: perceptron(256, 128), 3, sgd(0.05, 5e-4, True), 0.1, None),
    "mlp-adamw": (lambda: perceptron(256, 128), 3, adamw(0.001, 0.01), 0.0, None),
    "cnn": (convolutional, 2, sgd(0.05), 0.0, None),
    "cnn-mixed": (convolutional, 2, sgd(0.05), 0.0, mixed),
    "resnet-8": (residual, 2, sgd(0.1, 5e-4), 0.0, None),
}


def train(seed, make, epochs, optimiser, smoothing, change):
    torch.manual_seed(seed)
    np.random.seed(seed)
    model = make()
    optimiser = optimiser(model)
    batches = (len(labels) + 127) // 128
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: 0.5 * (1 + math.cos(math.pi * step / (epochs * batches))))  # fmt: skip
    for _ in range(epochs):
        for part in torch.randperm(len(labels)).split(128):
            x, y = images[part], labels[part]
            if change:
                x, y = change(x, y)
            optimiser.zero_grad(set_to_none=True)
            F.cross_entropy(model(x), y, label_smoothing=smoothing).backward()
            optimiser.step()
            schedule.step()
    model.eval()
    with torch.no_grad():
        right = sum(int((model(x).argmax(1) == y).sum()) for x, y in zip(tests.split(500), truth.split(500)))
        loss = sum(float(F.cross_entropy(model(x), y, reduction="sum")) for x, y in zip(images.split(500), labels.split(500)))
    return right / len(truth), loss / len(labels)


arguments = sys.argv[1:]
seeds = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 5
images, labels = read("train")
tests, truth = read("t10k")
for name, workload in WORKLOADS.items():
    if arguments and name not in arguments:
        continue
    found = np.array([train(seed, *workload) for seed in range(seeds)])
    mean, deviation = found.mean(0), found.std(0, ddof=min(1, seeds - 1))
    print(f"{name:14} {mean[0]:.4f} ± {deviation[0]:.4f}   loss {mean[1]:.4f} ± {deviation[1]:.4f}", flush=True)
