package actor

var stories = []story{
	{
		title: "full name, title, pronoun, family name",
		names: "P:Oleh Darmenko|P:Darmenko|N:Veltian=VEL",
		text: `<1:Oleh Darmenko> said [the talks would resume].
<1:Defence Minister Oleh Darmenko> added that [the army was ready].
"[We will wait]," <1:he> said.
<1:Darmenko> declined to give a date.`,
		kinds: "1=person",
	},
	{
		title: "two people of one family name, by gender",
		names: "P:John Harwell|P:Mary Harwell|P:Harwell",
		text: `<1:John Harwell> said [the bridge was safe].
<2:Mary Harwell>, who runs the harbour, said [it was not].
"[Nobody asked us]," <2:Ms Harwell> said.
<1:Mr Harwell> said [he had asked twice].
"[She was away]," <1:he> said.`,
		kinds: "1=person 2=person",
	},
	{
		title: "two people of one family name, by first name",
		names: "P:Pedro Lamas|P:Luis Lamas|P:Pedro|P:Luis",
		text: `<1:Pedro Lamas> said [the vote was fair].
<2:Luis Lamas> said [the count was late].
<1:Pedro Lamas> said [the delay was short].
<2:Luis> disagreed.`,
	},
	{
		title: "women and men alternating",
		names: "P:Amina Okafor|P:Okafor|P:Peter Lindqvist|P:Lindqvist",
		text: `<1:Amina Okafor> met (2:Peter Lindqvist) on Monday.
"[The plan is dead]," <1:she> said.
<2:Lindqvist> said [there was still time].
"[I would not give up]," <2:he> said.
<1:Ms Okafor> told <2!him> [to hurry].`,
	},
	{
		title: "the speaker goes on, whoever is named in the content",
		names: "P:Bohdan Tarsky|P:Tarsky|P:Viktor Halmi|P:Halmi",
		text: `<1:Tarsky> said [Viktor Halmi had broken his word].
<1:He> added that [Halmi would have to resign].
"[Halmi knows it]," <1:he> said.`,
	},
	{
		title: "a body called by the last word of its name",
		names: "O:Northern Salt Front|P:Tomas Brekke|P:Brekke",
		text: `<1:The Northern Salt Front> said [it would fight on].
<2:Tomas Brekke> said [the talks were over].
<1:The front> said [he was wrong].`,
	},
	{
		title: "the office takes up the person",
		names: "P:Jean Morel|P:Morel|N:French=FRA|N:German=DEU|P:Karl Weber|P:Weber",
		text: `<1:French President Jean Morel> said [the deal was close].
<2:German Chancellor Karl Weber> said [it was not].
<1:The French president> said [he was patient].
<2:The chancellor> said [patience was needed].
<1:The president> agreed.`,
		kinds: "1=person/FRA 2=person/DEU",
	},
	{
		title: "apposition",
		names: "P:Hana Brisk|P:Brisk|O:Foreign Ministry|P:Tomas Vela|P:Vela",
		text: `<1:Hana Brisk>, a spokeswoman for the Foreign Ministry, said [the border was open].
<1:The spokeswoman> said [trucks were passing].
"[No one is stopped]," said <2:Tomas Vela>, the head of the customs office.
<2:The head of the customs office> said [the queues were long].
<1:Brisk> denied [that].`,
	},
	{
		title: "the spokesman before his name",
		names: "P:Arvo Lint|P:Lint",
		text: `<1:The ministry's spokesman, Arvo Lint,> said [the ship had sailed].
"[It left at noon]," <1:the spokesman> said.
<1:Lint> gave no other details.`,
		kinds: "1=person",
	},
	{
		title: "an unnamed source",
		names: "L:Kiev=UKR|N:Russian=RUS",
		text: `<1:A source from the Kiev delegation> said [the talks had failed].
<1:The source> said [nobody was surprised].
"[We expected it]," <1:the same source> said.
<2:Another source> said [the talks would go on].`,
		kinds: "1=unnamed/UKR 2=unnamed",
	},
	{
		title: "an official, the official",
		names: "N:American=USA|N:Turkish=TUR|C:US=USA",
		text: `<1:A senior US official> told reporters [the ships were on the way].
<1:The official>, who asked not to be named, said [they would arrive on Friday].
<2:A Turkish diplomat> said [the straits were open].
"[Nothing has changed]," <2:the diplomat> said.
<1:The US official> said [he was not worried].`,
		kinds: "1=unnamed/USA 2=unnamed/TUR",
	},
	{
		title: "plural unnamed sources",
		text: `<1:Two people familiar with the talks> said [a deal was near].
<1:They> said [it would be signed this week].
<2:Witnesses> said [the square was empty].
<3:One resident> said [she had heard shots].`,
		kinds: "1=unnamed 2=unnamed 3=unnamed",
	},
	{
		title: "two speakers at once",
		names: "P:Lavanov|P:Wen Tao|P:Wen",
		text: `<1:Lavanov and Wen Tao> said [the road would be built].
<1:They> said [work would begin in May].
<2:Lavanov> said [the money was there].`,
		kinds: "1=group 2=person",
	},
	{
		title: "a country, its capital and its people",
		names: "C:Russia=RUS|L:Moscow=RUS|C:Ukraine=UKR|L:Kyiv=UKR|O:Kremlin=RUS",
		text: `<1:Russia> said [the exchange would take place].
<1:Moscow> said [the lists were ready].
<2:Kyiv> said [it had not seen the lists].
<2:Ukraine> denied [a delay].
<3:The Kremlin> said [it would wait].`,
		kinds: "1=country/RUS 2=country/UKR 3=organization/RUS",
	},
	{
		title: "an organization and its acronym",
		names: "O:International Water Agency|O:IWA|P:Rosa Klein|P:Klein",
		text: `<1:The International Water Agency (IWA)> said [the dam was full].
<1:The IWA> said [it would open the gates].
<1:It> said [villages had been warned].
<1:The agency> said [nobody was hurt].
<2:Rosa Klein>, its director, said [she was relieved].`,
		kinds: "1=organization 2=person",
	},
	{
		title: "the ministry after its full name",
		names: "O:Foreign Ministry|O:Interior Ministry",
		text: `<1:The Foreign Ministry> said [the envoy was safe].
<1:The ministry> said [he would fly home].
<1:It> said [a plane was waiting].
<2:The Interior Ministry> said [the airport was closed].`,
		kinds: "1=organization 2=organization",
	},
	{
		title: "a statement speaks for who issued it",
		names: "O:Defence Ministry|O:Harbour Union",
		text: `<1:The Defence Ministry> said [two ships had been lost].
<1:A Defence Ministry statement> said [the crews were safe].
<2:A statement by the Harbour Union> said [they were not].`,
	},
	{
		title: "a name before the full name",
		names: "P:Umarov|P:Ruslan Umarov",
		text: `"[It is over]," <1:Umarov> said.
<1:Ruslan Umarov>, 54, leads the delegation.
<1:He> said [he was tired].`,
	},
	{
		title: "first person in a quotation",
		names: "P:Ivo Sand|P:Sand|P:Mila Horn|P:Horn",
		text: `"[(1:I) told Horn (1:I) would go]," <1:Ivo Sand> said.
"[(2:My) answer was no]," <2:Mila Horn> said.`,
	},
	{
		title: "whoever is quoted does not speak of himself as he",
		names: "P:Ivo Sand|P:Sand|P:Paul Reiter|P:Reiter",
		text: `(2:Paul Reiter) left the room.
"[(2:He) was angry]," <1:Ivo Sand> said.
<1:Sand> said [that (2:Reiter) had not come back].`,
	},
	{
		title: "live blog",
		names: "P:Dana Ruiz|P:Ruiz|P:Omar Haddad|P:Haddad|O:Radio North",
		text: `14:05 <1:Mayor Dana Ruiz> says [the bridge is closed].
14:20 <2:Omar Haddad>, head of the fire service, says [three people are missing].
14:32 <2:Haddad>: "[We are searching the river]."
14:40 <1:The mayor> says [schools stay shut].
15:02 <3:Radio North> reports [the river is rising].`,
	},
	{
		title: "the minister is not the deputy minister",
		names: "P:Ada Koss|P:Koss|P:Emil Grau|P:Grau",
		text: `<1:Finance Minister Ada Koss> said [taxes would rise].
<2:Deputy Finance Minister Emil Grau> said [they would not].
<1:The finance minister> said [she was surprised].
<2:The deputy minister> apologised.`,
	},
	{
		title: "an abbreviated title",
		names: "P:Bea Lorne|P:Lorne|P:Tim Oakes|P:Oakes",
		text: `<1:Sen. Bea Lorne> said [the bill was dead].
<2:Gov. Tim Oakes> said [it was not].
<1:The senator> said [she had counted].
<2:The governor> said [he had too].`,
	},
	{
		title: "nobody is meant",
		text: `<-:He> said [it was late].
<-:They> said [so too].`,
	},
	{
		title: "he is not a place or a body",
		names: "P:Anders Holt|P:Holt|O:Norsel|L:Bergby",
		text: `<1:Anders Holt> leads Norsel in Bergby.
(2:Norsel) builds ships.
<1:He> said [orders were good].
<2:The company> said [it would hire].`,
	},
	{
		title: "who said",
		names: "P:Nils Berg|P:Berg",
		text: `The letter was read by (1:Nils Berg), <1:who> said [it was a joke].
<2:A guard>, who refused to give his name, said [he had seen nothing].`,
	},
	{
		title: "nested sources",
		names: "P:Lea Blum|P:Blum|P:Otto Kranz|P:Kranz",
		text: `<1:Lea Blum> said [that <2:Otto Kranz> had told <1!her> the ship was lost].
<2:Kranz> said [he had told nobody].`,
	},
	{
		title: "the group, the country",
		names: "O:Red Dawn|C:Malvia=MLV",
		text: `<1:Red Dawn> said [it had taken the town].
<1:The group> said [its fighters were safe].
<2:Malvia> said [the town was quiet].
<2:The country> said [it wanted talks].`,
	},
	{
		title: "he after a woman has spoken",
		names: "P:Greta Holm|P:Holm|P:Sven Dahl|P:Dahl",
		text: `<1:Sven Dahl> said [the mine was shut].
<2:Greta Holm> said [forty people had lost their work].
<1:He> said [there was no choice].
<2:She> said [there was].`,
	},
	{
		title: "an apposition with and is one person",
		names: "P:Wes Clarke|P:Clarke",
		text: `<1:Wes Clarke, a retired general and former commander of the fleet,> said [the plan was mad].
<1:The general> said [he would not go].`,
		kinds: "1=person",
	},
	{
		title: "a body beside its noun",
		names: "L:Western Grid|P:Hallim Cells|P:Hallim",
		text: `Lights are out, according to <1:the grid operator, Western Grid>.
<1:It> said [crews were waiting].
<2:Hallim Cells>, the maker of bus batteries, said [profit had fallen].
<2:Hallim> called [a sale "pure speculation"].
<2:The company> said [it was not for sale].`,
		kinds: "1=organization 2=organization",
	},
	{
		title: "two ministers, her counterpart",
		names: "N:Norlandic=NLD|N:Suvian=SUV|P:Sigrid Moe|P:Moe|P:Tran Phuong|P:Phuong",
		text: `"[Five points are left]," <1:Norlandic Trade Minister Sigrid Moe> said.
Her Suvian counterpart, Tran Phuong, nodded.
<3:The two ministers> said [they would meet again].
<2:The Suvian minister> said [fish was settled].
<1:Moe> said [engines were not].`,
		kinds: "1=person/NLD 2=person/SUV 3=group",
	},
	{
		title: "a headline before the name",
		names: "P:Annika Hjort|P:Hjort",
		text: `[Tanker held over cut cable] - <1:foreign minister>
[The ship is at anchor], <1:Foreign Minister Annika Hjort> said on Friday.`,
		kinds: "1=person",
	},
	{
		title: "the reporter in an interview",
		names: "P:Tomas Ferrel|P:Inga Tveit|P:Tveit",
		text: `Interview by Tomas Ferrel
"[It was a car park]," <2:Inga Tveit> says.
<1:I> ask [whether she was afraid].
"[Of the phone, yes]," <2:she> says.`,
	},
	{
		title: "a study speaks for itself",
		text: `<1:The survey> says [the hull was thin].
<1:It> recommends [a repair].`,
		kinds: "1=unnamed",
	},
	{
		title: "a people as a party, one of a people",
		names: "N:Ukrainians=UKR|N:Ukrainian=UKR|C:Ukraine=UKR",
		text: `<1:The Ukrainians> said [the lists were late].
<2:A Ukrainian> said [he had waited all night].
<3:Senators> said [the bill was dead].
<-:It> was reported [that the road was closed].`,
		kinds: "1=organization/UKR 2=unnamed/UKR 3=unnamed",
	},
	{
		title: "spellings of one name",
		names: "P:Petro Halenskyy|P:Halenskyy|P:Halensky|P:Bülent Aydoğan|P:Aydogan",
		text: `<1:Petro Halenskyy> said [it was over].
<2:Bülent Aydoğan> said [it was not].
<1:Halensky> said [he was sure].
<2:Aydogan> said [so was he].`,
	},
	{
		title: "an abbreviation in brackets",
		names: "O:Support Mission in Malvia|O:SUMIM|P:Zoe Park|P:Park",
		text: `<1:The Support Mission in Malvia (SUMIM)> said [the guns were silent].
<1:SUMIM> said [it would report on Friday].
<2:Zoe Park>, its head, said [she was hopeful].`,
	},
	{
		title: "delegations and their heads",
		names: "N:Velian=VEL|N:Ostran=OST|C:Velia=VEL|P:Viktor Medar|P:Medar|P:Rusan Omerak|P:Omerak|O:Foreign Ministry",
		text: `<1:The head of the Velian delegation, Viktor Medar>, said [the talks were constructive].
<2:The Ostran delegation> said [nothing had been agreed].
" [We are ready to go on] , " <1:he> told reporters.
<3:A source in the Ostran Foreign Ministry> said [the Velian side had made threats].
<4:The Velian side> denied [it].
<5:Ostran Defence Minister Rusan Omerak> said [that <4:the Velian side> had demanded land].
<3:The source> added that [<5:Omerak> had left the room].
According to <1:Medar>, [a second round was possible].`,
		kinds: "1=person/VEL 2=organization/OST 3=unnamed/OST 4=organization/VEL 5=person/OST",
	},
	{
		title: "a chain of media",
		names: "O:Veltass|O:Daily Ledger|O:Reuters|P:Marta Klee|P:Klee",
		text: `<1:Veltass> reported, citing <2:a military source>, [that the road was cut].
<2:The source> told <1!the agency> [that the bridge still stood].
<3:The Daily Ledger>, quoting <4:two diplomats>, wrote [that talks had begun].
<4:The diplomats> told <3!the newspaper> [they would last a week].
<5:Marta Klee>, a spokeswoman for the mission, told Reuters [she could not confirm it].
"[We have seen the reports]," <5:she> said.`,
		kinds: "1=organization 2=unnamed 3=organization 4=unnamed 5=person",
	},
	{
		title: "denials between two men",
		names: "P:Ivan Sorel|P:Sorel|P:Marc Dufay|P:Dufay|O:Transport Union",
		text: `<1:Marc Dufay>, the transport minister, accused <2!Ivan Sorel> of lying.
<2:Sorel>, who heads the Transport Union, rejected [the charge].
"[I never met him]," <2:he> said on Tuesday.
<2:The union leader> added that [the minister should apologise].
<1:Dufay> refused. "[There is nothing to apologise for]," <1:the minister> said.`,
	},
	{
		title: "a court case",
		names: "P:Lena Orsk|P:Orsk|P:Daniel Pruett|P:Pruett|P:Judge Amos Hale|P:Hale",
		text: `<1:Daniel Pruett>, 34, told <3!the court> [he had been at home].
<2:His lawyer, Lena Orsk,> said [the police had lost the video].
"[They lost it twice]," <2:she> said.
<4:Prosecutors> said [the video never existed].
<5:Judge Amos Hale> told <2!the lawyer> [to sit down].
<1:Pruett> denied [everything].
<5:The judge> adjourned the case.`,
	},
	{
		title: "a match",
		names: "P:Rik Jansen|P:Jansen|P:Paulo Reis|P:Reis|O:Norport|O:Eastfield United|O:Eastfield",
		text: `<1:Norport coach Rik Jansen> said [his team had been lucky].
"[We hardly had the ball]," <1:the coach> said.
<2:Eastfield captain Paulo Reis> said [the referee had been blind].
<2:The captain> said [he would appeal].
<3:Eastfield United> said [it stood by its player].
(1:Jansen) laughed. "[He always says that]," <1:he> said.`,
	},
	{
		title: "a company and its chief",
		names: "O:Corvex Inc|O:Corvex|P:Ines Duarte|P:Duarte|O:Labour Front",
		text: `<1:Corvex Inc> said [it would cut 400 jobs].
<2:Chief executive Ines Duarte> called [the step painful].
<1:The company> said [sales had fallen].
<2:Duarte> said [she would take no bonus].
<3:The Labour Front> called [that a joke].
<1:Corvex> declined [to comment].
"[It hurts]," <2:the chief executive> said.`,
		kinds: "1=organization 2=person 3=organization",
	},
	{
		title: "witnesses and residents by name",
		names: "P:Amal Rashid|P:Rashid|P:Yusef Karim|P:Karim",
		text: `<1:A resident, Amal Rashid>, said [the shelling began at four].
"[The windows went first]," <1:she> said.
<2:Another resident, Yusef Karim>, said [he had counted eleven shells].
<3:A doctor at the hospital> said [nine people were hurt].
<3:The doctor>, who did not want to be named, said [two were children].
<2:Karim> said [his brother was missing].`,
		kinds: "1=person 2=person 3=unnamed",
	},
	{
		title: "quantities of people",
		names: "O:United Nations=UNO|O:UN=UNO",
		text: `<1:One of the fishermen> said [the sea was calm].
<2:Several of the women> said [it was not].
<3:Those who stayed> said [they were hungry].
<4:Police> said [two men were held].
<4:They> said [the men were armed].
<5:The United Nations> said [ten were dead].
<5:The UN> said [it was eleven].
<-:Nobody> said [why].`,
		kinds: "1=unnamed 2=unnamed 3=unnamed 4=organization 5=organization",
	},
	{
		title: "hyphens",
		names: "C:Slovenia=SVN|P:Obando-Kline|P:Marc Obando|P:Lea Kline|P:Obando|P:Kline",
		text: `<1:Marc Obando> said [it was over].
<2:Lea Kline> said [the Obando-Kline years were not].
<3:The Slovenia-born model> said [nothing].
<1:Obando> said [he was tired].
<2:Kline> said [she was not].`,
		kinds: "1=person 2=person 3=unnamed/SVN",
	},
	{
		title: "introduced with a name",
		names: "P:Jamal Orel|O:Free Valley Front|P:Orel|O:Workers Union",
		text: `Police arrested (1:a man) identified as Jamal Orel in a house that (2:a group) called the Free Valley Front had left.
<1:Orel> said [he was a baker].
<2:The Front> said [nothing had been left].
<3:The government> called the Workers Union [a nuisance].`,
		kinds: "1=person 2=organization 3=organization",
	},
}
