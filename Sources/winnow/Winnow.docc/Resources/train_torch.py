#!/usr/bin/env python3
"""A small convolutional network in PyTorch, on a GPU where there is one, for Winnow's model `program`."""
import json
import math
import pathlib
import sys

import numpy as np
import torch
from torch import nn

directory = pathlib.Path(sys.argv[1])
request = json.loads((directory / "request.json").read_text())
recipe, options = request["recipe"], request["options"]
device = "cuda" if torch.cuda.is_available() else "cpu"
torch.manual_seed(request["seed"])
torch.use_deterministic_algorithms(True)
mean = torch.tensor(request["normalisation"]["mean"]).view(1, -1, 1, 1)
deviation = torch.tensor(request["normalisation"]["deviation"]).view(1, -1, 1, 1)


def images(name):
    """Pixels as (count, channels, height, width), normalised as Winnow's own families do it."""
    pixels = np.load(directory / name)
    if pixels.ndim == 3:
        pixels = pixels[..., None]
    return (torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 255 - mean) / deviation


inputs = images(request["training"]["samples"])
labels = torch.from_numpy(np.load(directory / request["training"]["labels"])).long()
width = options.get("width", 32)
body = nn.Sequential(
    nn.Conv2d(inputs.shape[1], width, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(width, 2 * width, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(2), nn.Flatten(),
    nn.Linear(8 * width, 128), nn.ReLU())  # fmt: skip
model = nn.Sequential(body, nn.Linear(128, request["classes"])).to(device)

optimiser = torch.optim.SGD(
    model.parameters(), lr=recipe["learningRate"], momentum=recipe["momentum"], weight_decay=recipe["weightDecay"])  # fmt: skip
warmup, steps = recipe["warmupSteps"], recipe["steps"]


def rate(step):
    if step < warmup:
        return (step + 1) / warmup
    return 0.5 * (1 + math.cos(math.pi * (step - warmup) / max(steps - warmup, 1)))


schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
loss = nn.CrossEntropyLoss(label_smoothing=recipe["labelSmoothing"])
order = torch.empty(0, dtype=torch.long)
for step in range(steps):
    if len(order) == 0:
        order = torch.randperm(len(inputs))
    batch, order = order[: recipe["batch"]], order[recipe["batch"] :]
    optimiser.zero_grad()
    loss(model(inputs[batch].to(device)), labels[batch].to(device)).backward()
    optimiser.step()
    schedule.step()

model.eval()
with torch.no_grad():
    for asked in request["sets"]:
        embeddings = torch.cat([body(part.to(device)) for part in images(asked["samples"]).split(512)])
        np.save(directory / asked["embeddings"], embeddings.cpu().numpy())
        np.save(directory / asked["logits"], model[1](embeddings).cpu().numpy())
torch.save(model.state_dict(), directory / request["weights"])
