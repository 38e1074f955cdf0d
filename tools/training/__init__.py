"""Training: what the scripting room knows of who says what, made again from annotated novels.

    python -m tools.training NOVELS

Not part of making audiobooks: nothing else imports it, and it alone needs the `train` extra.

    annotations   a novel's annotations, read from its folder
    labels        which person of our own cast is right for every turn
    examples      turns as rows of clues, for learning
    fitting       forests fitted to rows; the ranker from its two forests
    folds         novels held out by author
    crossing      rankers for each fold, and what they make of its novels
    ablating      what each group of clues is worth
    authors       who wrote a novel
    speech_rows   quotations as rows, and the weights of the clues that tell speech from quoted words
    dash_rows     dash dialogue as rows: novels in other marks, by rewriting (the conventions) and rewritten_novels
    dash_fitting  the weights of its clues fitted to rows; dash_crossing: by authors held out
    figures       how right the decisions are: shares, ten bins of reliability
"""
