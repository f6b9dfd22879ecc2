#!/usr/bin/env python3
"""Tests of merkle.py, with Python's standard library alone: python3 -m unittest -v test_merkle"""

import base64
import contextlib
import io
import json
import os
import pathlib
import sys
import tempfile
import types
import unittest

import merkle

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = pathlib.Path(os.environ.get("MERKLE_CORPUS", HERE / "../../../shared/corpora/merkle"))
NAME = "log.example"


def octets(text):
    return base64.b64decode(text) if text else b""


# Signing is here and not in merkle.py: a checker has no use for it. RFC 8032, sections 5.1.5 and 5.1.6.
def expand(secret):
    h = merkle.hashlib.sha512(secret).digest()
    a = int.from_bytes(h[:32], "little") & ((1 << 254) - 8) | (1 << 254)
    return a, h[32:]


def encode(point):
    z = pow(point[2], merkle.P - 2, merkle.P)
    x, y = point[0] * z % merkle.P, point[1] * z % merkle.P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def public(secret):
    return encode(merkle.point_times(expand(secret)[0], merkle.BASE))


def sign(secret, message):
    a, prefix = expand(secret)
    key = public(secret)
    r = int.from_bytes(merkle.hashlib.sha512(prefix + message).digest(), "little") % merkle.L
    encoded = encode(merkle.point_times(r, merkle.BASE))
    k = int.from_bytes(merkle.hashlib.sha512(encoded + key + message).digest(), "little") % merkle.L
    return encoded + ((r + k * a) % merkle.L).to_bytes(32, "little")


class Signer:
    def __init__(self, name, type, seed):
        self.name, self.secret, self.type = name, bytes([seed]) * 32, type
        typed = bytes([type]) + public(self.secret)
        self.id = merkle.sha256(name.encode(), b"\n", typed)[:4]
        self.text = f"{name}+{self.id.hex()}+{base64.b64encode(typed).decode()}"

    def line(self, text, at=None):
        if at is None:
            signature = sign(self.secret, text.encode())
        else:
            signature = at.to_bytes(8, "big") + sign(self.secret, f"cosignature/v1\ntime {at}\n{text}".encode())
        return f"\u2014 {self.name} {base64.b64encode(self.id + signature).decode()}\n"


LOG = Signer(NAME, merkle.ED25519, 1)
WITNESSES = [Signer(f"witness{i}.example", merkle.COSIGNATURE_V1, 2 + i) for i in range(2)]


def leaves(count):
    return [b"leaf %d" % i for i in range(count)]


def mth(hashes):
    """MTH by its definition (RFC 9162, section 2.1.1)."""
    if len(hashes) <= 1:
        return hashes[0] if hashes else merkle.sha256()
    k = 1 << ((len(hashes) - 1).bit_length() - 1)
    return merkle.node_hash(mth(hashes[:k]), mth(hashes[k:]))


def path(m, hashes):
    """PATH by its definition (section 2.1.3.1)."""
    if len(hashes) == 1:
        return []
    k = 1 << ((len(hashes) - 1).bit_length() - 1)
    return path(m, hashes[:k]) + [mth(hashes[k:])] if m < k else path(m - k, hashes[k:]) + [mth(hashes[:k])]


def checkpoint(count, cosigned=2, hashes=None):
    hashes = hashes or [merkle.leaf_hash(leaf) for leaf in leaves(count)]
    text = f"{NAME}\n{count}\n{base64.b64encode(mth(hashes)).decode()}\n"
    lines = LOG.line(text) + "".join(w.line(text, 1_700_000_000 + i) for i, w in enumerate(WITNESSES[:cosigned]))
    return (text + "\n" + lines).encode()


def write_tiles(directory, count):
    level, hashes = 0, [merkle.leaf_hash(leaf) for leaf in leaves(count)]
    while hashes:
        for at in range(0, len(hashes), merkle.TILE):
            tile = hashes[at : at + merkle.TILE]
            file = pathlib.Path(directory, merkle.tile_path(level, at // merkle.TILE, len(tile)))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(b"".join(tile))
        full = len(hashes) // merkle.TILE
        hashes = [mth(hashes[i * merkle.TILE : (i + 1) * merkle.TILE]) for i in range(full)]
        level += 1
    for at in range(0, count, merkle.TILE):
        some = leaves(count)[at : at + merkle.TILE]
        file = pathlib.Path(directory, merkle.tile_path("entries", at // merkle.TILE, len(some)))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in some))


class Vectors(unittest.TestCase):
    """Proofs that others made, good and bad."""

    def check(self, kind, holds):
        files = sorted(CORPUS.joinpath(kind).rglob("*.json"))
        if not files:
            self.skipTest(f"skipped: corpus merkle/{kind} is absent")
        answers = set()
        for file in files:
            vector = json.loads(file.read_text("utf-8"))
            with self.subTest(str(file.relative_to(CORPUS))):
                answers.add(vector["wantErr"])
                proof = [octets(hash) for hash in vector["proof"] or []]
                self.assertEqual(holds(vector, proof), not vector["wantErr"], vector.get("desc"))
        self.assertEqual(answers, {True, False})

    def test_inclusion(self):
        self.check(
            "inclusion",
            lambda v, proof: merkle.included(
                v["leafIdx"], v["treeSize"], octets(v["leafHash"]), proof, octets(v["root"])
            ),
        )

    def test_consistency(self):
        self.check(
            "consistency",
            lambda v, proof: merkle.consistent(
                v["size1"], v["size2"], proof, octets(v["root1"]), octets(v["root2"])
            ),
        )


class Ed25519(unittest.TestCase):
    """RFC 8032, section 7.1: TEST 1 to TEST 3."""

    VECTORS = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            "387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
            "4a7c15e9716ed28dc027beceea1ec40a",
        ),
    ]

    def test_vectors(self):
        for secret, key, message, signature in self.VECTORS:
            key, message, signature = (bytes.fromhex(text) for text in (key, message, signature))
            self.assertEqual(public(bytes.fromhex(secret)), key)
            self.assertTrue(merkle.ed25519_verifies(key, message, signature))
            self.assertFalse(merkle.ed25519_verifies(key, message + b"x", signature))
            for at in range(0, 64, 9):
                flipped = bytearray(signature)
                flipped[at] ^= 1
                self.assertFalse(merkle.ed25519_verifies(key, message, bytes(flipped)))
            s = int.from_bytes(signature[32:], "little") + merkle.L
            self.assertFalse(merkle.ed25519_verifies(key, message, signature[:32] + s.to_bytes(32, "little")))


class Commands(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.dir = pathlib.Path(temporary.name)

    def file(self, name, content):
        file = self.dir / name
        file.write_bytes(content)
        return str(file)

    def run_command(self, *arguments):
        said = io.StringIO()
        previous, sys.argv = sys.argv, ["merkle.py", *arguments]
        try:
            with contextlib.redirect_stdout(said):
                code = merkle.main()
        finally:
            sys.argv = previous
        return types.SimpleNamespace(code=code, said=said.getvalue())

    def signers(self):
        return ["--log", LOG.text, "--witness", WITNESSES[0].text, "--witness", WITNESSES[1].text, "--quorum", "2"]

    def proof(self, index, count, note=None):
        hashes = [merkle.leaf_hash(leaf) for leaf in leaves(count)]
        lines = [f"index {index}"] + [base64.b64encode(h).decode() for h in path(index, hashes)]
        head = "c2sp.org/tlog-proof@v1\n" + "\n".join(lines) + "\n\n"
        return head.encode() + (note or checkpoint(count))

    def test_proof_of_every_leaf_of_small_trees(self):
        for count in range(1, 20):
            note = checkpoint(count)
            for index in range(count):
                proof = merkle.Proof(self.proof(index, count, note))
                proof.check(leaves(count)[index])
                with self.assertRaises(merkle.Refused):
                    proof.check(b"another")

    def test_proof(self):
        leaf = self.file("leaf", b"leaf 5")
        good = self.proof(5, 11)
        answer = self.run_command("proof", self.file("proof", good), leaf, *self.signers())
        self.assertEqual(answer.code, 0, answer.said)
        self.assertIn("cosigned by witness1.example at 2023-11-14T22:13:21Z", answer.said)

    def test_proof_when_any_octet_is_changed(self):
        leaf = self.file("leaf", b"leaf 5")
        good = self.proof(5, 11)
        for at in range(len(good)):
            changed = bytearray(good)
            changed[at] ^= 1
            answer = self.run_command("proof", self.file("proof", bytes(changed)), leaf, *self.signers())
            self.assertEqual(answer.code, 1, f"octet {at}: {answer.said}")

    def test_checkpoint_when_too_few_cosigned(self):
        note = self.file("checkpoint", checkpoint(3, cosigned=1))
        answer = self.run_command("checkpoint", note, *self.signers())
        self.assertEqual(answer.code, 1)
        self.assertIn("1 witnesses cosigned, 2 are needed", answer.said)

    def test_checkpoint_when_one_witness_counts_twice(self):
        note = self.file("checkpoint", checkpoint(3))
        twice = ["--log", LOG.text, "--witness", WITNESSES[0].text, "--witness", WITNESSES[0].text, "--quorum", "2"]
        self.assertEqual(self.run_command("checkpoint", note, *twice).code, 1)

    def test_checkpoint_without_a_key(self):
        note = self.file("checkpoint", checkpoint(3))
        self.assertEqual(self.run_command("checkpoint", note).code, 1)

    def test_key_of_another_name(self):
        with self.assertRaises(merkle.Refused):
            merkle.Key(LOG.text.replace("log.", "lag."))

    def test_consistency_of_every_pair_of_sizes(self):
        sizes = [1, 2, 3, 255, 256, 257, 511, 512, 700]
        write_tiles(self.dir, sizes[-1])
        for size in sizes:
            new = self.file("new", checkpoint(size))
            for old in (s for s in sizes if s <= size):
                answer = self.run_command("consistency", self.file("old", checkpoint(old)), new, str(self.dir))
                # A directory holds the partial tiles of its own size only, until a tile is full.
                if size == sizes[-1]:
                    self.assertEqual(answer.code, 0, f"{old} to {size}: {answer.said}")

    def test_consistency_when_the_past_was_rewritten(self):
        write_tiles(self.dir, 600)
        other = [merkle.leaf_hash(b"other"), *[merkle.leaf_hash(leaf) for leaf in leaves(300)[1:]]]
        old = self.file("old", checkpoint(300, hashes=other))
        answer = self.run_command("consistency", old, self.file("new", checkpoint(600)), str(self.dir))
        self.assertEqual(answer.code, 1)
        self.assertIn("rewritten", answer.said)

    def test_consistency_when_the_log_shrank(self):
        write_tiles(self.dir, 600)
        large, small = self.file("large", checkpoint(600)), self.file("small", checkpoint(300))
        self.assertEqual(self.run_command("consistency", large, small, str(self.dir)).code, 1)

    def test_tiles(self):
        write_tiles(self.dir, 700)
        note = self.file("checkpoint", checkpoint(700))
        answer = self.run_command("tiles", note, str(self.dir), "--entries", *self.signers())
        self.assertEqual(answer.code, 0, answer.said)
        for tile in sorted(self.dir.rglob("tile/**/*")):
            if tile.is_file():
                good = tile.read_bytes()
                tile.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
                self.assertEqual(self.run_command("tiles", note, str(self.dir), "--entries").code, 1, tile)
                tile.write_bytes(good)

    def test_leaf(self):
        answer = self.run_command("leaf", self.file("leaf", b""))
        # RFC 6962: SHA-256 of the one octet 00.
        self.assertEqual(answer.said.strip(), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")


if __name__ == "__main__":
    unittest.main()
