"""Hindi: words and numbers of headings."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords, Language
from audiobook.languages.tables import counted, word_set

LANGUAGE = Language(
    tag="hi",
    headings=HeadingWords(
        keywords={
            "खण्ड": "part", "खंड": "part", "भाग": "part", "पुस्तक": "book", "अंक": "act", "अध्याय": "chapter",
            "परिच्छेद": "chapter", "प्रकरण": "chapter", "सर्ग": "canto", "पत्र": "letter", "दृश्य": "scene",
        },
        names=(
            "प्रस्तावना", "भूमिका", "उपसंहार", "परिशिष्ट", "आमुख",
        ),
        closings=("समाप्त", "इति",),
    ),
    heading_numbers=HeadingNumbers(
        values=counted(
            """
            पहला पहली प्रथम एक, दूसरा दूसरी द्वितीय दो, तीसरा तीसरी तृतीय तीन, चौथा चौथी चतुर्थ चार, पाँचवाँ
            पांचवां पंचम पाँच, छठा छठवाँ षष्ठ छह, सातवाँ सातवां सप्तम सात, आठवाँ आठवां अष्टम आठ, नौवाँ नौवां
            नवम नौ, दसवाँ दसवां दशम दस, ग्यारहवाँ ग्यारहवां ग्यारह, बारहवाँ बारहवां बारह, तेरहवाँ तेरह, चौदहवाँ
            चौदह, पंद्रहवाँ पंद्रह, सोलहवाँ सोलह, सत्रहवाँ सत्रह, अठारहवाँ अठारह, उन्नीसवाँ उन्नीस, बीसवाँ बीस
            """
        ),
        never_alone=word_set(
            """
            एक दो तीन चार पाँच छह सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस बीस
            """
        ),
        cardinals=word_set(
            """
            एक दो तीन चार पाँच छह सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस बीस
            """
        ),
    ),
    matter={
        "table of contents": ("विषय-?सूची|अनुक्रम|अनुक्रमणिका",),
        "dedication": ("समर्पण",),
        "acknowledgements": ("आभार",),
    },
)  # fmt: skip
