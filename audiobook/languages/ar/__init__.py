"""Arabic: words and numbers of headings."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords, Language
from audiobook.languages.tables import counted

LANGUAGE = Language(
    tag="ar",
    headings=HeadingWords(
        keywords={
            "المجلد": "volume", "الكتاب": "book", "كتاب": "book", "الجزء": "part", "جزء": "part",
            "القسم": "part", "الباب": "part", "باب": "part", "الفصل": "chapter", "فصل": "chapter",
            "الرسالة": "letter", "المشهد": "scene", "الليلة": "night", "الحكاية": "tale",
        },
        names=(
            "مقدمة", "المقدمة", "تمهيد", "تصدير", "مدخل", "خاتمة", "الخاتمة", "ملحق",
        ),
        closings=("النهاية", "تمت", "انتهى", "تم",),
    ),
    heading_numbers=HeadingNumbers(
        values=counted(
            """
            الأول الأولى أول الاول, الثاني الثانية, الثالث الثالثة, الرابع الرابعة, الخامس الخامسة, السادس
            السادسة, السابع السابعة, الثامن الثامنة, التاسع التاسعة, العاشر العاشرة, الحادي_عشر الحادية_عشرة,
            الثاني_عشر الثانية_عشرة, الثالث_عشر الثالثة_عشرة, الرابع_عشر الرابعة_عشرة, الخامس_عشر الخامسة_عشرة,
            السادس_عشر السادسة_عشرة, السابع_عشر السابعة_عشرة, الثامن_عشر الثامنة_عشرة, التاسع_عشر التاسعة_عشرة,
            العشرون العشرين
            """
        ),
    ),
    matter={
        "table of contents": ("المحتويات|الفهرس|فهرس المحتويات|فهرس",),
        "dedication": ("إهداء|الإهداء",),
        "acknowledgements": ("شكر وتقدير",),
        "notes": ("الهوامش|هوامش",),
    },
)  # fmt: skip
