"""What the field's libraries have is here too, or it is said why not."""

from __future__ import annotations

import inspect

import pymcdm
import pymcdm.methods
import pymcdm.normalizations
import pymcdm.weights

from scripts import peers


def test_every_name_that_is_said_to_be_here_is() -> None:
    assert peers.unaccounted() == []


def test_every_method_weighting_and_normalisation_of_pymcdm_is_accounted_for() -> None:
    told = peers.PEERS["pymcdm 1.4"]
    methods = [name for name, what in vars(pymcdm.methods).items() if inspect.isclass(what)]
    weights = [name for name in dir(pymcdm.weights) if name.endswith("_weights")]
    scales = [name for name in dir(pymcdm.normalizations) if name.endswith("_normalization")]
    assert len(methods) > 25
    assert not [name for name in (*methods, *weights, *scales) if name not in told]
