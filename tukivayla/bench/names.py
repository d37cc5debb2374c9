"""Invented words that companies and projects of the bench are named with."""

PLACES = (
    *("Saimaan", "Kuopion", "Mikkelin", "Joensuun", "Iisalmen", "Varkauden", "Savonlinnan", "Pieksämäen"),
    *("Lieksan", "Nurmeksen", "Kiteen", "Liperin", "Outokummun", "Rantasalmen", "Juvan", "Kangasniemen"),
    *("Puumalan", "Sulkavan", "Oulun", "Rovaniemen", "Kemin", "Tornion", "Vaasan", "Kokkolan"),
    *("Seinäjoen", "Lapuan", "Kauhavan", "Jyväskylän", "Jämsän", "Äänekosken", "Lahden", "Hollolan"),
    *("Heinolan", "Kouvolan", "Kotkan", "Haminan", "Imatran", "Porvoon", "Lohjan", "Salon", "Turun"),
    *("Naantalin", "Raision", "Porin", "Rauman", "Tampereen", "Nokian", "Valkeakosken", "Hämeenlinnan"),
    *("Forssan",),
)
TRADES = (
    *("Konepaja", "Saha", "Levypaja", "Veneveistämö", "Laser", "Hydrauliikka", "Maitojaloste"),
    *("Puukomponentti", "Kuitu", "Kuorike", "Lämpö", "Metsä", "Vesistötekniikka", "Elintarvike"),
    *("Leipomo", "Panimo", "Sähkö", "Automaatio", "Robotiikka", "Ohjelmisto", "Pelistudio", "Matkailu"),
    *("Kylpylä", "Kalanjalostus", "Marjatila", "Taimisto", "Betoni", "Elementti", "Rakennus", "Ikkuna"),
    *("Ovi", "Kaluste", "Sisustus", "Tekstiili", "Vaatturi", "Nahka", "Kenkä", "Muovi", "Kumi"),
    *("Pakkaus", "Paino", "Kustannus", "Elokuva", "Valaistus", "Anturi", "Mittaus", "Laboratorio"),
    *("Hoiva", "Kuntoutus", "Kuljetus"),
)
OWNERS = (
    *("Virtanen", "Korhonen", "Nieminen", "Mäkinen", "Mäkelä", "Hämäläinen", "Laine", "Heikkinen"),
    *("Koskinen", "Järvinen", "Lehtonen", "Saarinen", "Niemi", "Salminen", "Heinonen", "Heikkilä"),
    *("Salonen", "Kinnunen", "Turunen", "Laitinen", "Tuominen", "Rantanen", "Karjalainen", "Jokinen"),
    *("Mattila",),
)
PROJECTS = (
    *("Robottihitsaussolu", "Tuotannon uudistaminen", "CNC-työstökeskus", "Energiatehokkuus"),
    *("Kansainvälistyminen", "Verkkokauppa", "Laserleikkuri", "Kuivaamo", "Aurinkovoimala", "Laajennus"),
    *("Tuotekehitys", "Vientihanke", "Pilotointi", "Materiaalitehokkuus"),
)
FORMS = ("Oy", "Ab", "Ky", "Tmi", "Osk")
