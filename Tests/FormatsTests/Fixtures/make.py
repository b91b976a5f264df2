"""Makes the files beside it, with Pillow, NumPy and pyarrow:

    python3 -m venv venv && venv/bin/pip install 'pillow<13' numpy pyarrow && venv/bin/python make.py

Pillow 13 resizes some tall pictures columns first, which differs by some levels where edges are hard.

NAME.npy beside a picture NAME holds its pixels as Pillow decodes, turns and composes them. Pictures of 16 bits, interlaced
ones and colour profiles, which Pillow does not write, are put together here, and their pixels are known from that.
"""
import ctypes, gzip, io, json, os, struct, subprocess, tarfile, tempfile, zlib
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image, ImageOps

os.chdir(os.path.dirname(os.path.abspath(__file__)))
for folder in ("pictures", "resized", "tables", "archives"):
    os.makedirs(folder, exist_ok=True)

HEIGHT, WIDTH = 9, 12
y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
colour = np.stack([20 * x + 5, 28 * y, 255 - 10 * (x + y)], axis=-1).astype(np.uint8)
grey = (20 * x + 2 * y).astype(np.uint8)
alpha = np.clip(40 * y, 0, 255).astype(np.uint8)
picture = Image.fromarray(colour)


def keep(name, data, pixels):
    with open(f"pictures/{name}", "wb") as file:
        file.write(data)
    np.save(f"pictures/{name}.npy", np.asarray(pixels, dtype=np.uint8))


def encoded(image, **options):
    output = io.BytesIO()
    image.save(output, **options)
    return output.getvalue()


def decoded(data):
    return Image.open(io.BytesIO(data))


def over_white(image):
    image = image.convert("RGBA")
    white = Image.new("RGB", image.size, (255, 255, 255))
    white.paste(image.convert("RGB"), mask=image.getchannel("A"))
    return white


# JPEG
data = encoded(picture, format="JPEG", quality=90)
keep("baseline.jpg", data, decoded(data))
data = encoded(picture, format="JPEG", quality=90, progressive=True)
keep("progressive.jpg", data, decoded(data))
data = encoded(Image.fromarray(grey), format="JPEG", quality=90)
keep("grey.jpg", data, decoded(data))
data = encoded(picture.convert("CMYK"), format="JPEG", quality=95)
keep("cmyk.jpg", data, decoded(data).convert("RGB"))
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(picture, format="JPEG", quality=90, exif=exif)
    keep(f"turned-{orientation}.jpg", data, ImageOps.exif_transpose(decoded(data)))

# PNG
keep("colour.png", encoded(picture, format="PNG"), colour)
keep("grey.png", encoded(Image.fromarray(grey), format="PNG"), grey)
image = Image.fromarray(np.dstack([colour, alpha]))
keep("alpha.png", encoded(image, format="PNG"), over_white(image))
image = Image.fromarray(np.dstack([grey, alpha]))
keep("grey-alpha.png", encoded(image, format="PNG"), np.asarray(over_white(image))[..., 0])
image = picture.quantize(16)
keep("palette.png", encoded(image, format="PNG"), image.convert("RGB"))
data = encoded(image, format="PNG", transparency=3)
keep("palette-alpha.png", data, over_white(decoded(data)))
exif = Image.Exif()
exif[0x0112] = 6
data = encoded(picture, format="PNG", exif=exif)
keep("turned.png", data, ImageOps.exif_transpose(decoded(data)))


def png(kind, depth, rows, interlace=0):
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, kind, 0, 0, interlace)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


deep = (colour.astype(np.uint32) * 257 + 60)  # 60 of 257 round down
rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in np.minimum(deep, 65535))
keep("deep.png", png(2, 16, rows), colour)
rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in grey.astype(np.uint16) * 257)
keep("deep-grey.png", png(0, 16, rows), grey)
rows = b""
for top, left, down, right in ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)):
    rows += b"".join(b"\0" + row.tobytes() for row in colour[top::down, left::right])
keep("interlaced.png", png(2, 8, rows, interlace=1), colour)

with open("bomb.png", "wb") as file:  # says 60,000 × 60,000
    bomb = bytearray(png(2, 8, b""))
    bomb[16:24] = struct.pack(">II", 60000, 60000)
    bomb[29:33] = struct.pack(">I", zlib.crc32(bomb[12:29]))
    file.write(bomb)

# WebP
keep("lossless.webp", encoded(picture, format="WEBP", lossless=True), colour)
data = encoded(picture, format="WEBP", quality=90)
keep("lossy.webp", data, decoded(data))
image = Image.fromarray(np.dstack([colour, alpha]))
data = encoded(image, format="WEBP", lossless=True, exact=True)
keep("alpha.webp", data, over_white(decoded(data)))
frames = [Image.fromarray(np.roll(colour, step, axis=1)) for step in range(3)]
data = encoded(frames[0], format="WEBP", lossless=True, save_all=True, append_images=frames[1:], duration=100)
keep("film.webp", data, colour)
exif[0x0112] = 8
data = encoded(picture, format="WEBP", lossless=True, exif=exif)
keep("turned.webp", data, ImageOps.exif_transpose(decoded(data)))

# TIFF
keep("lzw.tif", encoded(picture, format="TIFF", compression="tiff_lzw"), colour)
keep("grey.tif", encoded(Image.fromarray(grey), format="TIFF"), grey)
keep("deep-grey.tif", encoded(Image.fromarray(grey.astype(np.uint16) * 257), format="TIFF"), grey)
data = encoded(picture.convert("CMYK"), format="TIFF", compression="tiff_deflate")
keep("cmyk.tif", data, decoded(data).convert("RGB"))
image = Image.fromarray(np.dstack([colour, alpha]))
keep("alpha.tif", encoded(image, format="TIFF"), over_white(image))
data = encoded(picture, format="TIFF", tiffinfo={274: 6})
keep("turned.tif", data, ImageOps.exif_transpose(decoded(data)))

# A colour profile: the primaries and the curve of Adobe RGB (1998), made and applied by Little CMS.
lcms = ctypes.CDLL("liblcms2.so.2")
for name in ("cmsBuildGamma", "cmsCreateRGBProfile", "cmsCreate_sRGBProfile", "cmsCreateTransform"):
    getattr(lcms, name).restype = ctypes.c_void_p


class Point(ctypes.Structure):
    _fields_ = [(name, ctypes.c_double) for name in ("x", "y", "Y")]


white = Point(0.3127, 0.3290, 1)
primaries = (Point * 3)(Point(0.64, 0.33, 1), Point(0.21, 0.71, 1), Point(0.15, 0.06, 1))
curve = lcms.cmsBuildGamma(None, ctypes.c_double(563 / 256))
curves = (ctypes.c_void_p * 3)(curve, curve, curve)
wide = ctypes.c_void_p(lcms.cmsCreateRGBProfile(ctypes.byref(white), primaries, curves))
size = ctypes.c_uint32(0)
lcms.cmsSaveProfileToMem(wide, None, ctypes.byref(size))
profile = ctypes.create_string_buffer(size.value)
lcms.cmsSaveProfileToMem(wide, profile, ctypes.byref(size))
data = encoded(picture, format="PNG", icc_profile=profile.raw)
from PIL import ImageCms

converted = ImageCms.profileToProfile(
    decoded(data), ImageCms.ImageCmsProfile(io.BytesIO(profile.raw)), ImageCms.createProfile("sRGB"), outputMode="RGB")
keep("wide.png", data, converted)
keep("wide.jpg", data := encoded(picture, format="JPEG", quality=90, icc_profile=profile.raw), ImageCms.profileToProfile(
    decoded(data), ImageCms.ImageCmsProfile(io.BytesIO(profile.raw)), ImageCms.createProfile("sRGB"), outputMode="RGB"))

# Resizing
generator = np.random.default_rng(0)
noise = Image.fromarray(generator.integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8))
flat = Image.fromarray(generator.integers(0, 256, (64, 47), dtype=np.uint8))
np.save("resized/noise.npy", np.asarray(noise))
np.save("resized/flat.npy", np.asarray(flat))
for name, image in (("noise", noise), ("flat", flat)):
    for height, width in ((9, 5), (4, 12), (5, 7), (1, 1), (20, 31), (8, 8)):
        np.save(f"resized/{name}-{height}x{width}.npy", np.asarray(image.resize((width, height), Image.Resampling.BICUBIC)))
for name, image in (("noise", noise), ("flat", flat)):
    for side in (4, 7):
        # torchvision: Resize(side), CenterCrop(side)
        w, h = image.size
        size = (side, side * h // w) if w <= h else (side * w // h, side)
        resized = image.resize(size, Image.Resampling.BICUBIC)
        left, top = round((size[0] - side) / 2.0), round((size[1] - side) / 2.0)
        np.save(f"resized/{name}-crop-{side}.npy", np.asarray(resized.crop((left, top, left + side, top + side))))

# Archives
small = encoded(Image.fromarray(colour[:4, :4]), format="PNG")
LONG = "very-long-folder-name/" * 8 + "0003"


def add(archive, name, content, **fields):
    member = tarfile.TarInfo(name)
    member.size = len(content)
    for key, value in fields.items():
        setattr(member, key, value)
    archive.addfile(member, io.BytesIO(content))


for name, form in (("ustar", tarfile.USTAR_FORMAT), ("gnu", tarfile.GNU_FORMAT), ("pax", tarfile.PAX_FORMAT)):
    with tarfile.open(f"archives/{name}.tar", "w", format=form) as archive:
        for index, key in enumerate(["0000", "a/0001", "a.b/0002", LONG]):
            add(archive, f"{key}.png", small)
            add(archive, f"{key}.cls", str(index).encode())
            add(archive, f"{key}.meta.json", json.dumps({"idx": index, "caption": "größe"}, ensure_ascii=False).encode())
with tarfile.open("archives/odd.tar", "w", format=tarfile.GNU_FORMAT) as archive:
    directory = tarfile.TarInfo("folder")
    directory.type = tarfile.DIRTYPE
    archive.addfile(directory)
    add(archive, "../escape.png", small)
    add(archive, "/etc/absolute.png", small)
    for kind, name in ((tarfile.SYMTYPE, "symbolic.png"), (tarfile.LNKTYPE, "hard.png"), (tarfile.FIFOTYPE, "pipe.png")):
        link = tarfile.TarInfo(name)
        link.type, link.linkname = kind, "/etc/passwd"
        archive.addfile(link)
    add(archive, "__header__.txt", b"about the shard")
    add(archive, "good.png", small)
    add(archive, "good.cls", b"7\n")
    add(archive, "lonely.cls", b"1")
    add(archive, "twice.png", small)
    add(archive, "twice.png", small)
    add(archive, "pickled.png", small)
    add(archive, "pickled.pkl", b"\x80\x04N.")
    add(archive, "good.json", b"{}")
    add(archive, "broken.png", small)
    add(archive, "broken.json", b"{")
    add(archive, "./dotted.png", small)

with tarfile.open("archives/names.tar", "w", format=tarfile.PAX_FORMAT) as archive:
    add(archive, "a\nb.png", small)
    add(archive, "n" * 5000 + ".png", small)
    add(archive, "größe.png", small)
with tarfile.open("archives/bytes.tar", "w", format=tarfile.GNU_FORMAT) as archive:
    add(archive, "bad\udcff.png", small)
    add(archive, "good.png", small)
with tempfile.TemporaryDirectory() as folder:
    with open(f"{folder}/holes.png", "wb") as file:
        for index in range(12):
            file.seek(index << 18)
            file.write(b"x")
    with open(f"{folder}/whole.png", "wb") as file:
        file.write(small)
    for form in ("gnu", "pax"):
        options = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", f"--format={form}"]
        target = os.path.abspath(f"archives/sparse-{form}.tar")
        subprocess.run(["tar", "-S", *options, "-C", folder, "-cf", target, "holes.png", "whole.png"], check=True)
with open("archives/pax.tar", "rb") as file:
    content = file.read()
with open("archives/pax.tar.gz", "wb") as file:
    file.write(gzip.compress(content, mtime=0))
with open("archives/pax.tar.zst", "wb") as file:
    file.write(pa.Codec("zstd").compress(content, asbytes=True))

# Tables
names = ["cat", "dog", "emu"]
features = {"info": {"features": {"image": {"_type": "Image"}, "label": {"names": names, "_type": "ClassLabel"}}}}
count = 20
rows = [{"bytes": small, "path": f"{index}.png"} for index in range(count)]
rows[5] = {"bytes": None, "path": "only-a-path.png"}
rows[6] = None
image_type = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
labels = pa.array([None if index == 7 else index % 3 for index in range(count)], pa.int64())
captions = pa.array([["a", "bb", "größe"][index % 3] for index in range(count)])
score = pa.array([index / 4 for index in range(count)], pa.float32())
flags = pa.array([index % 2 == 0 for index in range(count)])
table = pa.table(
    {"image": pa.array(rows, image_type), "label": labels, "caption": captions, "score": score, "flag": flags}
).replace_schema_metadata({"huggingface": json.dumps(features)})
for codec in ("none", "snappy", "gzip", "zstd"):
    pq.write_table(table, f"tables/{codec}.parquet", compression=codec, row_group_size=8)
pq.write_table(table, "tables/plain.parquet", use_dictionary=False, data_page_version="2.0", data_page_size=200)
pq.write_table(table, "tables/lz4.parquet", compression="lz4")
nested = pa.table({"id": pa.array([1, 2, 3], pa.int32()), "boxes": pa.array([[1.0], [], [2.0, 3.0]], pa.list_(pa.float64()))})
pq.write_table(nested, "tables/nested.parquet")
