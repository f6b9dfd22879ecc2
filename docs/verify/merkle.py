#!/usr/bin/env python3
"""Checks what a transparency log hands out, with Python's standard library alone.

Written from the specifications' text and from nothing else:
  RFC 9162 (and RFC 6962), section 2.1   hashes, inclusion and consistency of Merkle trees
  RFC 8032, sections 5.1 and 6           Ed25519
  C2SP signed-note                       a text and who signed it; verifier keys
  C2SP tlog-checkpoint                   what a log says of itself at one size
  C2SP tlog-cosignature                  a witness' word of a checkpoint, with its time
  C2SP tlog-proof                        a leaf's way to a checkpoint, to carry away
  C2SP tlog-tiles                        the tree as static files

Answers with exit code 0 when everything holds, 1 when something does not, 2 when it was asked wrongly.
"""

import argparse
import base64
import binascii
import datetime
import hashlib
import os
import re
import sys

HASH_OCTETS = 32
MOST_OCTETS = 16 * 1024 * 1024
TILE = 256


class Refused(Exception):
    """Something does not hold; the text says what."""


# --- Merkle trees: RFC 9162, section 2.1 -----------------------------------------------------------------------------


def sha256(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def leaf_hash(octets):
    return sha256(b"\x00", octets)


def node_hash(left, right):
    return sha256(b"\x01", left, right)


def inclusion_root(index, size, leaf, path):
    """The root that this path leads to (section 2.1.3.2), or None when it has the wrong length."""
    if not 0 <= index < size:
        return None
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while not fn & 1 and fn != 0:
                fn >>= 1
                sn >>= 1
        else:
            r = node_hash(r, p)
        fn >>= 1
        sn >>= 1
    return r if sn == 0 else None


def included(index, size, leaf, path, root):
    """Whether the leaf of this hash stands at this index of the tree of this size and root."""
    if any(len(h) != HASH_OCTETS for h in [leaf, root, *path]):
        return False
    return inclusion_root(index, size, leaf, path) == root


def consistent(first, second, path, first_hash, second_hash):
    """Whether the second tree begins with all that the first one had (section 2.1.4.2)."""
    if not 0 < first <= second or any(len(h) != HASH_OCTETS for h in path):
        return False
    if first == second:
        return not path and first_hash == second_hash
    if not path:
        return False
    if first & (first - 1) == 0:
        path = [first_hash, *path]
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn >>= 1
        sn >>= 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr = node_hash(c, fr)
            sr = node_hash(c, sr)
            while not fn & 1 and fn != 0:
                fn >>= 1
                sn >>= 1
        else:
            sr = node_hash(sr, c)
        fn >>= 1
        sn >>= 1
    return sn == 0 and fr == first_hash and sr == second_hash


# --- Ed25519: RFC 8032, sections 5.1 and 6 ---------------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def point_add(a, b):
    """Adds two points in extended homogeneous coordinates (section 5.1.4)."""
    A = (a[1] - a[0]) * (b[1] - b[0]) % P
    B = (a[1] + a[0]) * (b[1] + b[0]) % P
    C = 2 * a[3] * b[3] * D % P
    E = 2 * a[2] * b[2] % P
    e, f, g, h = B - A, E - C, E + C, B + A
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point_times(scalar, point):
    result = NEUTRAL
    while scalar > 0:
        if scalar & 1:
            result = point_add(result, point)
        point = point_add(point, point)
        scalar >>= 1
    return result


def point_equal(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point_of(octets):
    """The point that these 32 octets encode (section 5.1.3), or None."""
    y = int.from_bytes(octets, "little")
    sign = y >> 255
    y &= (1 << 255) - 1
    if y >= P:
        return None
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P != 0:
        x = x * SQRT_MINUS_ONE % P
    if (x * x - xx) % P != 0 or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_verifies(key, message, signature):
    """Whether this is the key's signature of the message (section 5.1.7)."""
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r = point_of(key), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    return point_equal(point_times(s, BASE), point_add(r, point_times(k, a)))


# --- Texts: C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof --------------------------------------------

ED25519, COSIGNATURE_V1 = 1, 4
KEY_TYPES = {ED25519: "Ed25519", COSIGNATURE_V1: "timestamped Ed25519 cosignature"}
DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f]")


def base64_of(text, what):
    """Decodes standard Base64 in its one form."""
    try:
        octets = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, ValueError):
        raise Refused(f"{what} is not Base64") from None
    if base64.b64encode(octets).decode("ascii") != text:
        raise Refused(f"{what} is not Base64 in its one form")
    return octets


def decimal_of(text, what):
    if not DECIMAL.fullmatch(text):
        raise Refused(f"{what} is no decimal number")
    return int(text)


def hash_of(text, what):
    octets = base64_of(text, what)
    if len(octets) != HASH_OCTETS:
        raise Refused(f"{what} does not have {HASH_OCTETS} octets")
    return octets


class Key:
    """A verifier key: NAME+ID+BASE64(TYPE, KEY)."""

    def __init__(self, text):
        parts = text.split("+", 2)
        if len(parts) != 3 or not parts[0] or re.search(r"\s", parts[0]):
            raise Refused("a verifier key is NAME+ID+KEY")
        self.name = parts[0]
        typed = base64_of(parts[2], "the key of " + self.name)
        self.id = sha256(self.name.encode(), b"\n", typed)[:4]
        if parts[1] != self.id.hex():
            raise Refused(f"the id of {self.name} is not that of its key")
        self.type, self.key = typed[0], typed[1:]
        if self.type not in KEY_TYPES or len(self.key) != 32:
            raise Refused(f"{self.name} is a key of an unknown type")


class Note:
    """A text and its signatures: (name, key id, signature)."""

    def __init__(self, octets):
        try:
            text = octets.decode("utf-8")
        except UnicodeDecodeError:
            raise Refused("a note is UTF-8") from None
        end = text.rfind("\n\n")
        if end < 0 or not text.endswith("\n") or CONTROLS.search(text):
            raise Refused("this is no signed note")
        self.text = text[: end + 1]
        self.signatures = [self._signature(line) for line in text[end + 2 : -1].split("\n")]

    @staticmethod
    def _signature(line):
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014" or not parts[1] or "+" in parts[1]:
            raise Refused("a signature line is: em dash, name, signature")
        octets = base64_of(parts[2], "the signature of " + parts[1])
        if len(octets) <= 4:
            raise Refused(f"the signature of {parts[1]} is too short")
        return parts[1], octets[:4], octets[4:]

    def by(self, key):
        return [signature for name, id, signature in self.signatures if (name, id) == (key.name, key.id)]

    def check_log(self, key):
        """The log's own signature, over the text."""
        if key.type != ED25519:
            raise Refused(f"{key.name} is no key of a log")
        found = self.by(key)
        if not found:
            raise Refused(f"there is no signature of {key.name}")
        if not all(ed25519_verifies(key.key, self.text.encode(), signature) for signature in found):
            raise Refused(f"the signature of {key.name} is wrong")

    def check_witness(self, key):
        """A witness' time, in seconds since 1970; None when it did not cosign. A wrong cosignature is refused."""
        if key.type != COSIGNATURE_V1:
            raise Refused(f"{key.name} is no key of a witness")
        times = []
        for signature in self.by(key):
            if len(signature) != 72:
                raise Refused(f"the cosignature of {key.name} does not have 72 octets")
            at = int.from_bytes(signature[:8], "big")
            message = f"cosignature/v1\ntime {at}\n{self.text}".encode()
            if not ed25519_verifies(key.key, message, signature[8:]):
                raise Refused(f"the cosignature of {key.name} is wrong")
            times.append(at)
        return min(times) if times else None


class Checkpoint:
    """A log's origin, size and root."""

    def __init__(self, octets):
        self.note = Note(octets)
        lines = self.note.text.split("\n")[:-1]
        if len(lines) < 3 or not all(lines):
            raise Refused("a checkpoint has an origin, a size and a root")
        self.origin = lines[0]
        self.size = decimal_of(lines[1], "the checkpoint's size")
        self.root = hash_of(lines[2], "the checkpoint's root")


class Proof:
    """A leaf's index and path, with the checkpoint that it leads to."""

    def __init__(self, octets):
        head, separator, rest = octets.partition(b"\n\n")
        try:
            lines = head.decode("utf-8").split("\n")
        except UnicodeDecodeError:
            raise Refused("a proof is UTF-8") from None
        if not separator or lines.pop(0) != "c2sp.org/tlog-proof@v1":
            raise Refused("this is no tlog-proof of version 1")
        if lines and lines[0].startswith("extra "):
            base64_of(lines.pop(0)[6:], "the extra data")
        if not lines or not lines[0].startswith("index "):
            raise Refused("the proof has no index")
        self.index = decimal_of(lines.pop(0)[6:], "the proof's index")
        self.path = [hash_of(line, "a hash of the path") for line in lines]
        self.checkpoint = Checkpoint(rest)

    def check(self, octets):
        at = self.checkpoint
        if not included(self.index, at.size, leaf_hash(octets), self.path, at.root):
            raise Refused(f"the leaf does not stand at {self.index} of the tree of {at.size}")


# --- Tiles: C2SP tlog-tiles ------------------------------------------------------------------------------------------


def tile_path(level, index, width):
    groups = f"{index % 1000:03d}"
    index //= 1000
    while index:
        groups = f"x{index % 1000:03d}/" + groups
        index //= 1000
    return f"tile/{level}/{groups}" + ("" if width == TILE else f".p/{width}")


def read(path, most=MOST_OCTETS):
    try:
        with open(path, "rb") as file:
            octets = file.read(most + 1)
    except OSError as problem:
        raise Refused(f"{path}: {problem.strerror}") from None
    if len(octets) > most:
        raise Refused(f"{path} is larger than {most} octets")
    return octets


class Tiles:
    """The tree of this size, read from a directory of tiles."""

    def __init__(self, directory, size):
        self.directory, self.size, self.cache = directory, size, {}

    def tile(self, level, index):
        if (level, index) not in self.cache:
            count = self.size >> (8 * level)
            width = min(TILE, count - index * TILE)
            octets = self._widest(level, index, width)
            self.cache[level, index] = [octets[i : i + HASH_OCTETS] for i in range(0, len(octets), HASH_OCTETS)]
        return self.cache[level, index]

    def _widest(self, level, index, width):
        """Partial tiles may be gone once the full one is there: its beginning is the same."""
        for wide in dict.fromkeys([width, TILE]):
            path = os.path.join(self.directory, tile_path(level, index, wide))
            if os.path.exists(path):
                octets = read(path)
                if len(octets) != wide * HASH_OCTETS:
                    raise Refused(f"{path} does not hold {wide} hashes")
                return octets[: width * HASH_OCTETS]
        raise Refused(f"{tile_path(level, index, width)} is not there")

    def complete(self, level, index):
        """The root of the complete subtree of 1 << level leaves at this place."""
        tile_level, height = divmod(level, 8)
        first = index << height
        hashes = self.tile(tile_level, first // TILE)[first % TILE :][: 1 << height]
        if len(hashes) != 1 << height:
            raise Refused("a tile holds too few hashes")
        while len(hashes) > 1:
            hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
        return hashes[0]

    def subtree(self, start, end):
        """MTH of the leaves from start to end, where start is a multiple of the next power of two (section 2.1.1)."""
        count = end - start
        if count == 0:
            return sha256()
        if count & (count - 1) == 0:
            level = count.bit_length() - 1
            return self.complete(level, start >> level)
        k = 1 << ((count - 1).bit_length() - 1)
        return node_hash(self.subtree(start, start + k), self.subtree(start + k, end))

    def consistency_path(self, first):
        """PROOF(first, D_n) of section 2.1.4.1."""
        return self._subproof(first, 0, self.size, True)

    def _subproof(self, m, start, end, whole):
        n = end - start
        if m == n:
            return [] if whole else [self.subtree(start, end)]
        k = 1 << ((n - 1).bit_length() - 1)
        if m <= k:
            return self._subproof(m, start, start + k, whole) + [self.subtree(start + k, end)]
        return self._subproof(m - k, start + k, end, False) + [self.subtree(start, start + k)]

    def check_entries(self):
        """Whether the bundles of entries hash to the tiles of level 0."""
        for index in range((self.size + TILE - 1) // TILE):
            width = min(TILE, self.size - index * TILE)
            path = os.path.join(self.directory, tile_path("entries", index, width))
            if not os.path.exists(path):
                path = os.path.join(self.directory, tile_path("entries", index, TILE))
            octets, at = read(path, TILE * (2 + 0xFFFF)), 0
            for place, expected in enumerate(self.tile(0, index)):
                length = int.from_bytes(octets[at : at + 2], "big")
                entry = octets[at + 2 : at + 2 + length]
                if at + 2 + length > len(octets) or leaf_hash(entry) != expected:
                    raise Refused(f"the entry at {index * TILE + place} is not the one in the tree")
                at += 2 + length


# --- What can be asked ------------------------------------------------------------------------------------------------


def keys_of(values):
    """Keys given as text, or as files that hold them, a line each."""
    keys = []
    for value in values:
        lines = [value] if not os.path.exists(value) else read(value).decode("utf-8", "replace").splitlines()
        keys += [Key(line.strip()) for line in lines if line.strip()]
    return keys


def moment(seconds):
    try:
        return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, OSError, ValueError):
        return f"second {seconds}"


def check_signatures(note, options):
    logs = keys_of(options.log)
    for key in logs:
        note.check_log(key)
        print(f"OK   signed by {key.name}")
    cosigned = set()
    for key in keys_of(options.witness):
        at = note.check_witness(key)
        if at is None:
            print(f"     not cosigned by {key.name}")
        else:
            cosigned.add(key.key)
            print(f"OK   cosigned by {key.name} at {moment(at)}")
    if len(cosigned) < options.quorum:
        raise Refused(f"{len(cosigned)} witnesses cosigned, {options.quorum} are needed")


def command_leaf(options):
    print(leaf_hash(read(options.leaf)).hex())


def command_proof(options):
    proof = Proof(read(options.proof))
    proof.check(read(options.leaf))
    print(f"OK   leaf {proof.index} stands in the tree of {proof.checkpoint.size} of {proof.checkpoint.origin}")
    check_signatures(proof.checkpoint.note, options)


def command_checkpoint(options):
    checkpoint = Checkpoint(read(options.checkpoint))
    print(f"     {checkpoint.origin}, {checkpoint.size} leaves, root {checkpoint.root.hex()}")
    if not options.log:
        raise Refused("no key of the log is given: nothing says that it signed")
    check_signatures(checkpoint.note, options)


def command_consistency(options):
    old, new = Checkpoint(read(options.old)), Checkpoint(read(options.new))
    if old.origin != new.origin:
        raise Refused(f"they are of different logs: {old.origin} and {new.origin}")
    if old.size > new.size:
        raise Refused(f"the log shrank from {old.size} to {new.size} leaves")
    tiles = Tiles(options.tiles, new.size)
    if tiles.subtree(0, new.size) != new.root:
        raise Refused("the tiles do not have the newer checkpoint's root")
    if old.size == 0:
        # Every tree begins with the empty one: there is no proof of it, only its one root.
        holds = old.root == sha256()
    else:
        path = tiles.consistency_path(old.size) if old.size < new.size else []
        holds = consistent(old.size, new.size, path, old.root, new.root)
    if not holds:
        raise Refused(f"the tree of {new.size} does not begin with the tree of {old.size}: the log was rewritten")
    print(f"OK   the tree of {new.size} leaves begins with the tree of {old.size}")
    for checkpoint in (old, new):
        check_signatures(checkpoint.note, options)


def command_tiles(options):
    checkpoint = Checkpoint(read(options.checkpoint))
    tiles = Tiles(options.tiles, checkpoint.size)
    if tiles.subtree(0, checkpoint.size) != checkpoint.root:
        raise Refused("the tiles do not have the checkpoint's root")
    for index in range((checkpoint.size + TILE - 1) // TILE):
        tiles.tile(0, index)
    level = 1
    while checkpoint.size >> (8 * level):
        for index in range(checkpoint.size >> (8 * level)):
            below = tiles.tile(level - 1, index)
            while len(below) > 1:
                below = [node_hash(below[i], below[i + 1]) for i in range(0, len(below), 2)]
            if tiles.tile(level, index // TILE)[index % TILE] != below[0]:
                raise Refused(f"hash {index} of level {level} is not that of the tile below")
        level += 1
    print(f"OK   the tiles are those of the tree of {checkpoint.size} leaves")
    if options.entries:
        tiles.check_entries()
        print("OK   the entries are those of the tree")
    check_signatures(checkpoint.note, options)


def arguments():
    parser = argparse.ArgumentParser(description="Checks proofs, checkpoints and tiles of a transparency log.")
    commands = parser.add_subparsers(dest="command", required=True)

    def add(name, help, run, *files, signatures=True):
        command = commands.add_parser(name, help=help)
        command.set_defaults(run=run)
        for file in files:
            command.add_argument(file)
        if signatures:
            command.add_argument("--log", action="append", default=[], help="the log's verifier key, or its file")
            command.add_argument("--witness", action="append", default=[], help="a witness' key, or its file")
            command.add_argument("--quorum", type=int, default=0, help="how many witnesses must have cosigned")
        return command

    add("leaf", "print a leaf's hash", command_leaf, "leaf", signatures=False)
    add("proof", "check that a leaf stands in a log", command_proof, "proof", "leaf")
    add("checkpoint", "check who signed a checkpoint", command_checkpoint, "checkpoint")
    add("consistency", "check that a log only grew", command_consistency, "old", "new", "tiles")
    add("tiles", "check a directory of tiles against a checkpoint", command_tiles, "checkpoint", "tiles").add_argument(
        "--entries", action="store_true", help="the bundles of entries too"
    )
    return parser.parse_args()


def main():
    options = arguments()
    try:
        options.run(options)
    except Refused as problem:
        print(f"BAD  {problem}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
