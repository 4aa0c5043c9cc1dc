"""Which passage a reader should be shown, as a person chose it: articles
written for this, a query, and the sentence that answers it best."""
import json
import re

import pytest

from archive import write

ARTICLES = {
    "lighthouse": ("en", "Who keeps the light at Skerrow Head?", """
The light at Skerrow Head has been burning since 1871. Visitors think of it as a tower, but it is mostly a kitchen, with a tower on it.

The first keeper, Absalom Tye, was a cooper. He had never been to sea. He wrote in his journal that the sea came to him, which was enough, and he painted the stairs every spring in a green that he mixed himself.

There were nineteen keepers after him. The last one, Mrs. Orla Penrose, left in October 1988, when the lamp was made automatic, and her goat stayed.

“People ask about the loneliness,” she says. “Nobody asks about the paint.” She counts the steps, 211 of them, in four languages, and has forgotten the fourth.

An automatic lamp needs an electrician twice a year. In the storm of January 2005 the cable to the headland broke, and for eleven nights there was no light at all. The fishermen of Tarnmouth lit fires on the quay, as their great-grandfathers had done, and not a single boat was lost.

The harbour board wants to sell the tower. It has asked for bids of 90,000 crowns or more, and the buyer must let the lamp burn. A hotel company from the mainland has shown interest, and so has the goat’s owner.
"""),
    "bees": ("en", "The bees of the town hall", """
Four hives stand on the roof of the town hall. The mayor calls them the opposition. They were put there six years ago by the porter, Mr. Ulf Brandt, after a swarm had settled in the council chamber during a debate on parking.

Honey is sold in the lobby on Fridays. A jar costs what a parking ticket costs. That is not a coincidence, says the porter.

Last summer the bees were ill. Two hives were lost to mites, and the vet, who is used to cows, came up the ladder with a lamp and a book. She found that the foulbrood that everybody feared was not there.

Bees fly three kilometres. They fly to the limes in the cemetery, to the allotments, and to the balcony of a Mrs. Noll, who has complained 14 times. The council has answered her 14 times, with a jar each.

This year there is a fifth hive. It belongs to the school. The children have painted it in the colours of the football club, and no bee has gone in yet.
"""),
    "budget": ("en", "A budget for a bridge", """
The council met for five hours on Tuesday. It talked about the budget, about the bridge, and about whether the bridge was in the budget.

The budget of the town is 41 million crowns. Schools take half of it. Of the budget that is left, roads take a third, and the budget for culture, says the treasurer, would fit into a hat.

Old people remember the old bridge. It was made of oak, it was painted red, and in 1959 a bus fell through it; nobody was hurt, and the driver was given a watch.

A new bridge over the Tarn would cost 12 million crowns, three times what the council has put aside. The engineers say that a cheaper one, of steel, would last thirty years.

Councillor Hedda Falk voted against the budget, because the bridge was not paid for. “A bridge is not a wish,” she said. The budget was passed by 14 votes to 11.
"""),
    "doctor": ("en", "Dr. Amadi retires", """
Dr. Grace Amadi saw her last patient on Friday. He was 81, he had a cold, and he had been her first patient too.

She came to the islands in 1983 with two suitcases. One was full of books. In those days there was no helicopter, and the doctor went to the outer skerries in the mail boat, or did not go.

In 1991 she operated on a fisherman’s appendix on the table of the mail boat, by the light of a torch, in a gale. The fisherman has since named a boat after her.

The practice will be closed until a successor is found. The health board has advertised the post four times. Until then, patients must take the ferry to Tarnmouth, which sails, wind allowing, on Mondays and Thursdays.
"""),
    "hafen": ("de", "Der Kran bleibt stehen", """
Der alte Kran am Hafen von Tarnstedt wird nicht abgerissen. Das hat der Stadtrat am Dienstag beschlossen.

Der Kran wurde 1912 gebaut. Er hat Kohlen gehoben, Fässer, Kühe und einmal, im Winter 1947, das Klavier des Bürgermeisters. Seit 1986 steht er still.

Gutachter hatten die Standfestigkeit bezweifelt. Die Füße des Krans stehen auf Pfählen aus Eiche, z. B. unter der Kaimauer, und zwei der Pfähle sind morsch. Ihre Erneuerung kostet rund 300.000 Kronen.

Die Häuser gegenüber gehören einer Genossenschaft. Deren Bewohner hatten Unterschriften gesammelt, 2.114 Stück, mehr als das Viertel Einwohner hat.

Nun soll im Führerhaus ein Café entstehen. Es hat vier Plätze und keine Toilette.
"""),
    "marche": ("fr", "Le marché couvert rouvre", """
Le marché couvert de Saint-Osyn rouvre samedi. Il était fermé depuis l’incendie de l’été dernier.

L’incendie avait pris dans la poissonnerie, à l’heure du déjeuner. Personne n’avait été blessé, mais la toiture s’était effondrée en moins d’une heure.

Les travaux ont duré onze mois. La nouvelle charpente, en chêne, a été posée par des compagnons venus de trois pays ; l’un d’eux est resté, pour une fromagère.

La mairie avait promis que les loyers n’augmenteraient pas. Ils augmentent de deux pour cent, et les marchands l’ont appris par le journal.
"""),
    "todai": ("ja", "岬の灯台", """
岬の灯台は百五十年前に建てられた。島の人々はそれを塔と呼ばず、台所と呼ぶ。

最初の灯台守は樽職人だった。彼は海に出たことが一度もなかった。

去年の台風で送電線が切れ、十一日間明かりが消えた。漁師たちは岸壁で火を焚き、船は一隻も失われなかった。

町は灯台を売りたいと考えている。買い手は明かりを守らなければならない。
"""),
    "pla": ("th", "ตลาดปลาเก่า", """
ตลาดปลาเก่าเปิดมาแปดสิบปีแล้ว ชาวเกาะมาที่นี่ทุกเช้า

ปีที่แล้วเกิดไฟไหม้ที่หลังคา ไม่มีใครบาดเจ็บ แต่แมวหายไปหนึ่งตัว

เทศบาลสัญญาว่าจะซ่อมหลังคาให้เสร็จก่อนฤดูฝน
"""),
    "minaa": ("ar", "ميناء الجزيرة القديم", """
بني ميناء الجزيرة قبل مئة عام. كانت السفن تأتي إليه من كل مكان.

في الشتاء الماضي دمرت العاصفة الرصيف الشمالي. لم يصب أحد بأذى، ولكن قاربين غرقا.

وعدت البلدية بأن تصلح الرصيف قبل الصيف. ويقول الصيادون إنهم سمعوا هذا الوعد من قبل.
"""),
}

CASES = [
    ("lighthouse", "last keeper",
     "The last one, Mrs. Orla Penrose, left in October 1988"),
    ("lighthouse", "first keeper",
     "The first keeper, Absalom Tye, was a cooper."),
    ("lighthouse", "storm cable",
     "In the storm of January 2005 the cable to the headland broke"),
    ("lighthouse", "storms", "In the storm of January 2005"),
    ("lighthouse", "sell the tower",
     "The harbour board wants to sell the tower."),
    ("lighthouse", "fishermen fires quay",
     "The fishermen of Tarnmouth lit fires on the quay"),
    ("lighthouse", "painting stairs", "he painted the stairs every spring"),
    ("lighthouse", "goat owner", "so has the goat’s owner."),
    ("lighthouse", "how many steps", "She counts the steps, 211 of them"),
    ("lighthouse", "hotel", "A hotel company from the mainland"),
    ("lighthouse", '"harbour board"', "The harbour board wants to sell"),
    ("bees", "foulbrood",
     "She found that the foulbrood that everybody feared"),
    ("bees", "mites vet", "Two hives were lost to mites, and the vet"),
    ("bees", "school hive", "It belongs to the school."),
    ("bees", "price of a jar", "A jar costs what a parking ticket costs."),
    ("bees", "who complained", "Mrs. Noll, who has complained 14 times."),
    ("bees", "swarm council chamber",
     "after a swarm had settled in the council chamber"),
    ("budget", "bridge cost",
     "A new bridge over the Tarn would cost 12 million"),
    ("budget", "bridge budget vote",
     "voted against the budget, because the bridge was not paid for."),
    ("budget", "old bridge oak", "It was made of oak, it was painted red"),
    ("budget", "budget culture", "the budget for culture, says the treasurer"),
    ("budget", "steel", "a cheaper one, of steel"),
    ("budget", "bus driver", "in 1959 a bus fell through it"),
    ("doctor", "appendix", "In 1991 she operated on a fisherman’s appendix"),
    ("doctor", "successor", "closed until a successor is found."),
    ("doctor", "first patient", "he had been her first patient too."),
    ("doctor", "ferry Tarnmouth", "patients must take the ferry to Tarnmouth"),
    ("doctor", "helicopter", "In those days there was no helicopter"),
    ("hafen", "Klavier Bürgermeister", "das Klavier des Bürgermeisters."),
    ("hafen", "Haus", "Die Häuser gegenüber gehören einer Genossenschaft."),
    ("hafen", "Pfahl", "zwei der Pfähle sind morsch."),
    ("hafen", "Cafe", "Nun soll im Führerhaus ein Café entstehen."),
    ("marche", "incendies blessés", "Personne n’avait été blessé"),
    ("marche", "charpente chêne", "La nouvelle charpente, en chêne"),
    ("marche", "loyers", "les loyers n’augmenteraient pas."),
    ("todai", "台風", "去年の台風で送電線が切れ"),
    ("todai", "樽職人", "最初の灯台守は樽職人だった。"),
    ("pla", "ไฟไหม้", "ปีที่แล้วเกิดไฟไหม้ที่หลังคา"),
    ("pla", "แมว", "แต่แมวหายไปหนึ่งตัว"),
    ("minaa", "العاصفة", "دمرت العاصفة الرصيف الشمالي"),
    ("minaa", "الصيادون", "ويقول الصيادون إنهم سمعوا"),
]


@pytest.fixture(scope="module")
def database(byline, tmp_path_factory):
    folder = tmp_path_factory.mktemp("choice")
    rows = [{"id": name, "language": language, "title": title,
             "text": text.strip()}
            for name, (language, title, text) in ARTICLES.items()]
    path = write(folder / "a.jsonl", "".join(
        json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    done = byline("index", "--db", folder / "db", path)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return folder / "db"


def snippets(byline, db, name, query, *options):
    done = byline("search", "--db", db, "--any", "--format", "json", *options,
                  f"{query} id:{name}")
    assert done.returncode == 0, done.stderr
    (hit,) = done.json["hits"]
    return hit["snippets"]


@pytest.mark.parametrize("name, query, sentence", CASES)
def test_the_sentence_that_a_reader_would_choose(byline, database, name, query,
                                                 sentence):
    first = snippets(byline, database, name, query)[0]
    data = first["text"].encode("utf-8")
    start = data.find(sentence.encode("utf-8"))
    end = start + len(sentence.encode("utf-8"))
    assert start >= 0, first["text"]
    assert any(start <= a and b <= end for a, b in first["highlights"])


@pytest.mark.parametrize("name, query, sentence", CASES)
def test_it_comes_first_among_several(byline, database, name, query, sentence):
    found = snippets(byline, database, name, query, "--snippets", 5)
    assert sentence in found[0]["text"]
    text = re.sub(r"\s+", " ", ARTICLES[name][2])
    places = [text.index(s["text"].removeprefix("…").removesuffix("…"))
              for s in found]
    ends = [place + len(s["text"].removeprefix("…").removesuffix("…"))
            for place, s in zip(places, found)]
    spans = sorted(zip(places, ends))
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:]))
