"""Auditor's packs: asked for on a page, made by the worker, downloaded by whoever may."""
