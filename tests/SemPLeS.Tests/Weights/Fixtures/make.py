"""Makes the files beside it with PyTorch (Debian's python3-torch, 1.13): python3 make.py [FOLDER]

Every file holds values that its test computes again, so the files and the tests agree bit for bit or not at all.
"""
import argparse
import collections
import os
import sys

import torch

folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(folder, name)


def ramp(*shape, dtype=torch.float32):
    """0, .5, 1, 1.5 ..., as far as the type goes."""
    count = 1
    for size in shape:
        count *= size
    return (torch.arange(count, dtype=torch.float64) / 2).to(dtype).reshape(shape)


types = ["float32", "float16", "bfloat16", "float64", "int64", "int32", "int16", "int8", "uint8", "bool", "complex64", "complex128"]


def all_types():
    return collections.OrderedDict((name, ramp(2, 3, dtype=getattr(torch, name))) for name in types)


def layouts():
    base = ramp(4, 6)
    return collections.OrderedDict([
        ("base", base),
        ("transposed", base.t()),
        ("row", base[2]),
        ("column", base[:, 1]),
        ("block", base[1:3, 2:5]),
        ("every_second", base[::2, ::3]),
        ("scalar", base[3, 5]),
        ("empty", torch.zeros(0, 5)),
        ("parameter", torch.nn.Parameter(ramp(3))),
        ("channels_last", ramp(1, 2, 3, 2).contiguous(memory_format=torch.channels_last)),
    ])


class Block(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(3, 2)
        self.linear.weight.data = ramp(2, 3)
        self.linear.bias.data = ramp(2)
        self.register_buffer("input_resolution", torch.tensor(16))

    def forward(self, x):
        return self.linear(x) * self.input_resolution


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.visual = Block()
        self.blocks = torch.nn.Sequential(Block(), Block())
        self.scale = torch.nn.Parameter(torch.tensor(4.5))
        self.width = 3

    def forward(self, x):
        return self.blocks(x)


for name, legacy in (("zip", False), ("legacy", True)):
    keep = {"_use_new_zipfile_serialization": not legacy}
    torch.save(all_types(), path(f"types-{name}.pth"), **keep)
    torch.save(layouts(), path(f"layouts-{name}.pth"), **keep)
    model = Model()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    model.visual(ramp(1, 3)).sum().backward()
    optimizer.step()
    for parameter in model.parameters():
        parameter.data = ramp(*parameter.shape)
    torch.save({
        "model": collections.OrderedDict(("module." + key, value) for key, value in model.state_dict().items()),
        "optimizer": optimizer.state_dict(), "epoch": 7, "best": 51.5, "name": "small",
        "args": argparse.Namespace(lr=1e-3, tags=["a", "b"], names={"x"}, size=torch.Size([2, 3]), type=torch.float32),
    }, path(f"checkpoint-{name}.pth"), **keep)

torch.jit.script(Model()).save(path("script.pt"))
torch.jit.script(Model().half()).save(path("script-half.pt"))
torch.save({"q": torch.quantize_per_tensor(ramp(2, 3), .5, 0, torch.qint8)}, path("quantised.pth"))
torch.save({"s": torch.eye(3).to_sparse()}, path("sparse.pth"))
torch.save(Model(), path("module.pth"))
torch.save({"seen": ramp(1).expand(1000)}, path("expanded.pth"))

# As PyTorch 2.1 and later mark the byte order; the values of a big-endian machine are made by hand.
import zipfile
for order in ("little", "big"):
    with zipfile.ZipFile(path("types-zip.pth")) as source, zipfile.ZipFile(path(f"types-{order}-endian.pth"), "w", zipfile.ZIP_STORED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            parts = entry.filename.split("/")
            if order == "big" and parts[-2] == "data":
                name = types[int(parts[-1])]
                size = torch.tensor([], dtype=getattr(torch, name)).element_size() // (2 if name.startswith("complex") else 1)
                data = b"".join(data[i:i + size][::-1] for i in range(0, len(data), size))
            target.writestr(zipfile.ZipInfo(entry.filename, (2020, 1, 1, 0, 0, 0)), data)
        target.writestr(zipfile.ZipInfo("types-zip/byteorder", (2020, 1, 1, 0, 0, 0)), order)
