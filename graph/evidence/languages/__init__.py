"""Languages other than English in which cards say where a model comes from: a file each.

A file holds words alone; what they mean is written here and read by `reading`:

- ``seen`` (whole words) or ``letters``: one of them stands in every card of the language;
- ``words``: parts of words, one of which stands in every sentence that is looked at;
- ``derived``, ``adapter``, ``merge``, ``quantized``, ``distilled``: phrases of that relation, with
  ``X`` where the model's name stands, ``…`` for a few words between, ``*`` for any ending; else
  regular expressions. ``labels`` are what stands before a colon;
- ``beside``: what may stand between such words and the name ("the model"), ``and``: what joins
  two names;
- ``other``: what is not the model itself (its architecture, its data), ``made``: what its outputs
  are called; ``denied``: what takes a sentence back or compares; ``self``: what this model is
  called;
- ``relative``: what begins a clause that belongs to the one before the comma;
- ``generated``: phrases of a data set and the model that wrote it, ``generating``: parts of words
  in their sentences, ``judged``: what is done to texts that others wrote;
- ``same``: pairs of letters, the first of which is read as the second.

``all.toml`` holds the English words that stand in sentences of any language.
"""
