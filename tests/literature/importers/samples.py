"""One small whole file of each format, and the records that fuzzing and limits start from."""

PUBMED = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN"
 "https://dtd.example.org/pubmed_190101.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation><PMID Version="1">101</PMID><Article>
<Journal><ISSN IssnType="Print">1234-5678</ISSN><JournalIssue><Volume>3</Volume><Issue>2</Issue>
<PubDate><Year>2016</Year><Month>05</Month><Day>2</Day></PubDate></JournalIssue>
<Title>Journal of tests</Title><ISOAbbreviation>J. Test</ISOAbbreviation></Journal>
<ArticleTitle>Tumours &amp; caf&eacute; at 10<sup>6</sup> of <i>one</i> kind.</ArticleTitle>
<Pagination><MedlinePgn>179-86; discussion 186-7</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.5555/One</ELocationID>
<Abstract><AbstractText Label="AIM">To see.</AbstractText>
<AbstractText>Seen.</AbstractText></Abstract>
<AuthorList CompleteYN="N"><Author ValidYN="Y"><LastName>van der Berg</LastName>
<ForeName>Pieter J</ForeName><Initials>PJ</Initials><Suffix>Jr</Suffix></Author>
<Author ValidYN="N"><LastName>Wrong</LastName></Author>
<Author><CollectiveName>A Group</CollectiveName></Author></AuthorList>
<Language>eng</Language><PublicationTypeList><PublicationType>Case Reports</PublicationType>
</PublicationTypeList></Article><MedlineJournalInfo><MedlineTA>J Test</MedlineTA>
</MedlineJournalInfo><OtherAbstract Language="ger"><AbstractText>Gesehen.</AbstractText>
</OtherAbstract></MedlineCitation><PubmedData><ReferenceList><Reference><ArticleIdList>
<ArticleId IdType="doi">10.5555/other</ArticleId></ArticleIdList></Reference></ReferenceList>
<ArticleIdList><ArticleId IdType="pmc">PMC55</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle>
<PubmedBookArticle><BookDocument><PMID>102</PMID><ArticleIdList><ArticleId IdType="doi">10.5555/two
</ArticleId></ArticleIdList><Book><Publisher><PublisherName>A house</PublisherName>
<PublisherLocation>Cham</PublisherLocation></Publisher><BookTitle>The book</BookTitle>
<PubDate><Year>2020</Year></PubDate><AuthorList Type="editors"><Author><LastName>Cloyd</LastName>
<ForeName>J</ForeName></Author></AuthorList><Isbn>9783030622411</Isbn></Book>
<ArticleTitle>The chapter</ArticleTitle><AuthorList Type="authors"><Author>
<LastName>Clift</LastName><Initials>AK</Initials></Author></AuthorList></BookDocument>
</PubmedBookArticle>
</PubmedArticleSet>
"""
JATS = """<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS 1.3//EN" "JATS-archivearticle1-3.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="case-report" xml:lang="en">
<front><journal-meta><journal-id journal-id-type="nlm-ta">J Test</journal-id><journal-title-group>
<journal-title>Journal of Tests</journal-title></journal-title-group><issn>1234-5678</issn>
<publisher><publisher-name>A house</publisher-name></publisher></journal-meta>
<article-meta><article-id pub-id-type="doi">10.5555/Three</article-id>
<article-id pub-id-type="pmc">77</article-id><article-id pub-id-type="pmid">103</article-id>
<title-group><article-title>A case of <italic>tests</italic><xref>1</xref></article-title>
<subtitle>and more</subtitle></title-group><contrib-group><contrib contrib-type="author"><name>
<surname>Tian</surname><given-names>Yu</given-names></name></contrib><contrib contrib-type="author">
<collab>A Group<contrib-group><contrib><name><surname>Member</surname></name></contrib>
</contrib-group></collab></contrib></contrib-group>
<pub-date pub-type="epub"><day>3</day><month>12</month><year>2015</year></pub-date>
<pub-date pub-type="ppub"><month>Mar</month><year>2016</year></pub-date>
<volume>1</volume><issue>2</issue><fpage>179</fpage><lpage>86</lpage>
<abstract><sec><title>Aim</title><p>To see.</p></sec>
<sec><title>End</title><p>Seen.</p></sec></abstract>
<trans-abstract xml:lang="zh"><p>看。</p></trans-abstract></article-meta></front>
<body><sec><p>Words that are not read.</p></sec></body>
<back><ref-list><ref id="r1"><element-citation><article-title>Not read</article-title>
</element-citation></ref></ref-list></back></article>
"""
JATS_LIST = """<ref-list>
<ref id="r1"><label>1.</label><element-citation publication-type="journal"><person-group
 person-group-type="author"><name><surname>Frilling</surname><given-names>A</given-names></name>
<etal/></person-group><article-title>The article</article-title><source>J Test</source>
<year>2010</year><volume>5</volume><fpage>1</fpage><lpage>9</lpage>
<pub-id pub-id-type="pmid">104</pub-id></element-citation></ref>
<ref id="r2"><label>2</label><mixed-citation publication-type="book"><name><surname>Clift</surname>
<given-names>AK</given-names></name>. <chapter-title>The chapter</chapter-title>. In: <person-group
 person-group-type="editor"><name><surname>Cloyd</surname></name></person-group>, editor.
<source>The book</source>. <publisher-name>A house</publisher-name>; <year>2021</year>.
</mixed-citation></ref>
<ref id="r3"><label>3</label><mixed-citation>Only words, 2001.</mixed-citation></ref>
<ref id="r4"><label>4</label></ref></ref-list>
"""
ENDNOTE = """<?xml version="1.0" encoding="UTF-8" ?><xml><records>
<record><database name="mine.enl">mine.enl</database><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal" size="100%">Frilling, Andrea</style></author>
<author>World Health Organization,</author></authors></contributors>
<titles><title><style face="normal">Tumours of 10</style><style face="superscript">6</style>
<style face="italic"> cells</style></title>
<secondary-title>Journal of Tests</secondary-title></titles>
<periodical><full-title>Journal of Tests</full-title><abbr-1>J Test</abbr-1></periodical>
<pages>179-86</pages><volume>12</volume><number>3</number><dates><year>2016</year><pub-dates>
<date>May 3</date></pub-dates></dates><isbn>1234-5678 (Print)</isbn>
<accession-num>105</accession-num>
<electronic-resource-num>10.5555/Four</electronic-resource-num><abstract>Words.</abstract>
<remote-database-name>PubMed</remote-database-name><language>eng</language>
<urls><related-urls><url>https://example.org/a</url></related-urls></urls></record>
<record><ref-type name="Book Section">5</ref-type><contributors><authors><author>Clift, AK</author>
</authors><secondary-authors><author>Cloyd, J</author></secondary-authors></contributors><titles>
<title>The chapter</title><secondary-title>The book</secondary-title></titles>
<publisher>A house</publisher><dates><year>2021</year></dates></record>
<record><ref-type name="Music">61</ref-type><titles><title>A song</title></titles></record>
</records></xml>
"""
RIS = """TY  - JOUR
AU  - Frilling, Andrea
AU  - World Health Organization
TI  - Müller’s tumours: a title
JF  - Journal of Tests
PY  - 2016/05/12/
VL  - 12
IS  - 3
SP  - 179
EP  - 86
DO  - 10.5555/five
AB  - Words
that go on.
KW  - unmapped
ER  - 

TY  - CHAP
TI  - 肝转移的治疗
T2  - The book
A2  - Cloyd, J
ER  - 
"""
BIBTEX = r"""@string{j = "Journal of " # {Tests}}
@article{frilling2016, author = {Frilling, Andrea and {A Group} and others},
  title = {The {NET} of M{\"u}ller at $10^6$}, journal = j, year = 2016, month = may,
  pages = {179--86}, doi = {10.5555/six}, url = {https://example.org/a%20b}, keywords = {x}
}
@incollection(c, crossref = {b}, title = "The chapter", author = {van der Berg, Jan})
@book{b, title = {肝脏}, editor = {Cloyd, J.}, publisher = {A house}, year = {2020}}
"""
NBIB = """PMID- 106
OWN - NLM
TI  - A long title
      that goes on.
FAU - King, Martin L Jr
AU  - King ML Jr
CN  - A Group
DP  - 2015 Dec-2016 Jan
PG  - 179-86; discussion 186-7
LID - 10.5555/seven [doi]
AB  - Wörter.
JT  - Journal of tests

PMID- 107
TI  - Another.
"""
CSL_JSON = """[
  {"id": "a", "type": "article-journal", "title": "Müller’s \\"title\\"", "volume": 12,
   "author": [{"family": "Frilling", "given": "A"}, {"literal": "A Group"}],
   "issued": {"date-parts": [[2016, 5]]}, "DOI": "10.5555/eight", "mine": {"x": [1, 2]}},
  {"type": "book", "title": "肝脏", "abstract": "Words"}
]
"""
PASTED = """References
1. Frilling A, Clift AK. Tumours of the liver: a title. J Test. 2016;12(3):179–86.
   https://doi.org/10.5555/nine
Article PubMed Google Scholar
2. van der Berg PJ, King M (2010) Another title. J Test 5:1–9
3. Cloyd J. The chapter. In: Pawlik T, editor. The book. Cham: A house; 2021. p. 1-10.
4. 李明, 王伟. 肝转移的治疗[J]. 中华杂志, 2015, 3(2): 10-15.
"""
SAMPLES = {
    "ris": [RIS],
    "bibtex": [BIBTEX],
    "nbib": [NBIB],
    "pubmed-xml": [PUBMED],
    "jats": [JATS, JATS_LIST],
    "endnote-xml": [ENDNOTE],
    "csl-json": [CSL_JSON],
}
"""By the name of the format that they are recognised as."""
