"""Train the models of speaker attribution from annotated novels.

    python -m tools.training NOVELS

Nothing else imports this package, and only it needs the `train` extra.

    annotations   reads the annotations of a novel from its folder
    labels        finds the person of our own cast who says each turn
    examples      turns as rows of features
    fitting       fits forests to rows, and the ranker of two forests
    folds         cross-validation folds in which no author is divided
    crossing      trains a ranker for each fold, and applies it to the novels of that fold
    ablating      measures what each group of features contributes
    authors       the author of each novel
    speech_rows   quotations as rows, and the weights that tell speech from quoted words
    dash_rows     dash dialogue as rows, from novels rewritten by `rewriting` and `rewritten_novels`
    dash_fitting  fits the weights of dash dialogue; dash_crossing does so for each fold
    figures       accuracy and reliability of decisions
"""
