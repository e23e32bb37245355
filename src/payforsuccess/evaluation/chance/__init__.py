"""How people could have been drawn, and what chance alone would then have shown."""

from __future__ import annotations

from payforsuccess.evaluation.chance.designs import (
    Clustered,
    Complete,
    Design,
    PermutedBlocks,
    SequentialLottery,
    Simple,
    Stratified,
    blocks_in_order,
    clustered_as,
    complete_as,
    stratified_as,
)
from payforsuccess.evaluation.chance.draws import Draws, draw
from payforsuccess.evaluation.chance.index import Index, anderson_index, simple_index
from payforsuccess.evaluation.chance.inference import (
    ChanceTest,
    chance_tests,
    randomisation_inference,
)
from payforsuccess.evaluation.chance.joint import WestfallYoung, westfall_young
from payforsuccess.evaluation.chance.scores import Scores, score
from payforsuccess.evaluation.chance.several import benjamini_hochberg, bonferroni, holm

__all__ = [
    "ChanceTest",
    "Clustered",
    "Complete",
    "Design",
    "Draws",
    "Index",
    "PermutedBlocks",
    "Scores",
    "SequentialLottery",
    "Simple",
    "Stratified",
    "WestfallYoung",
    "anderson_index",
    "benjamini_hochberg",
    "blocks_in_order",
    "bonferroni",
    "chance_tests",
    "clustered_as",
    "complete_as",
    "draw",
    "holm",
    "randomisation_inference",
    "score",
    "simple_index",
    "stratified_as",
    "westfall_young",
]
