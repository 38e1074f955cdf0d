"""English words by which a first-person narrator is known, and how an author steps into the story."""

MALE_SELF = "man|gentleman|bachelor|widower|husband|father|boy|lad|schoolboy|fellow|chap|grandfather|uncle"
FEMALE_SELF = "woman|lady|spinster|widow|wife|mother|girl|maiden|schoolgirl|lass|grandmother|aunt"
QUALIFIED = r"(?:an? |the |only |just |but |still |not |quite |merely |another ){1,3}(?:[a-z-]+ ){0,2}?"
MINE_MALE = "wife|bride|fiancée|beard|moustache|mustache|whiskers|boyhood|manhood|cravat|razor"
MINE_FEMALE = "husband|bridegroom|fiancé|skirts?|petticoats?|gown|bonnet|corset|bodice|girlhood|womanhood|lipstick"
# "I" of somebody who takes part: not of an author who steps in ("I must tell the reader", "as I have said").
BEFORE_TELLING = (
    "am|do|did|must|shall|will|would|should|need|cannot|can|could|may|might|dare|have|had|hardly|now|only|here|never|not"
    "|afraid|glad|sorry|bound|going|obliged|to"
)
TELLING = (
    "tell|say|said|speak|confess|own|describe|pretend|relate|explain|add|introduce|repeat|mention|mean|suppose|believe"
    "|fear|trust|assure|remark"
)
