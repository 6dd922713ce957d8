"""Faces: whether a living person is the one in a portrait, as far as two small models and a head-turn challenge tell.

Import from the modules. ``results`` and ``challenge`` need nothing; the others need `rongka[face]`, and raise
FaceModelsMissing or ModuleNotFoundError without it. `docs/proofing.md` says what it proves and what it does not.
"""
