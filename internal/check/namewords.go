package check

// capitalised are words that a language writes with a capital without their being names, and words of institutions that are translated.
var capitalised = map[string]map[string]bool{
	"en": set(`aboriginal about absolutely academy act action administration admiral advanced adventure advisory affairs affordable afghan afghans african africans after again against age agency
agents agreement air airline airlines airport albanian algerian all alliance alps amazon ambassador american americans analysis and anglican anglo animals annual ant antarctic
anti-corruption appeal appeals appearance application arab arabic arabs archaeology arctic area arena argentine argentinian armenian army arrested art article artificial artist
arts asian asians ask assembly asset associate associated association astronautics astronomy athenian athletic athletics atlantic atomic attention attorney audit australian
australians austrian austrians authority avant-garde avenue award awards azerbaijani baby backed bad balkan baltic band bangladeshi bank banking bankruptcy baptist baroque base
basketball basque bat battle bavarian bay beauty because belarusian belly best bible big bill biological bitcoin black block blues board bolivian bond book booking boots bored
boredom bosnian bottle boy boys brazilian brazilians bridge bright british broadcasting bronze brother brothers buddhist buddhists bulgarian burger burmese business but buy
byzantine calvinist cambodian camp can canadian canadians cancer cannabis canyon capital capitalist capitals captain care caribbean castle catalan category catholic catholics
celebrity center central centre century certainly chairman challenge champions championship chancellor channel charges chariots check chemical chicken chief chilean chinese choir
christian christians christmas church citizens city civil civilization class club college colombian colonel commercial commission committee common communist community company
conference congress congressman conservation conservative conservatives constantly constitution constitutional consumer contest control controller cooperation corsican council
countries county court couture crisis croatian cross crown cuban culture cup cyclone cypriot czech czechs daily dane danish day days dead declaration deep defence defense democrat
democratic democrats department depression deputies deputy desert designated despite developers development diatribe didn dies digital dignity director disaster disorder district
division does dome domestic don dr dream drivers dutch dying earth earthquake east easter eastern ecuadorian education egypt's egyptian egyptians eighth eldest election electoral
eleven embassy emirati employment end energy english englishman ensure entering entertainment entry escape estonian ethics ethiopian euro euro-sceptic european europeans euros
evangelical evening evil expert extraterrestrial extremely face facility fair faire falls family far fascist fashion fear fed federal federation festival few fifth figure filipino
final finnish fire first five flags fleet flemish flight flights flyer for force foreign foreigners forest former fortress forum foundation fourth fragile franco french frenchman
frequent friendship fund funny galaxy game games garden gardens general generation georgian georgians german germans global god golf gone good gothic government governor grand
great greater greek greeks group guard guru hangi hard hat have head heads health hearts hebrew hellenic hello her here heritage hero high higher highway hill hills hindu hindus
his history holocaust holy honour hospital hotel house human hundreds hungarian hungarians hurricane icelandic immigrants impact import impossible independent indian indians
indigenous indonesian industrial industries insolvency institute institution intelligence interior internal international internet into iranian iranians iraqi iraqis irish irishman
iron islamic islamist island islands israeli israelis italian italians its japanese jew jewish jews jobs joint jordanian journal judean judge judicial judiciary just justice kazakh
kenyan king kingdom kiss korean koreans kuwaiti kyrgyz lab labour lady lake land lands language large las last latin latvian law laws leader league learning leave lebanese
left-wing legal legendary leninist let liberal liberals liberation library libyan lieutenant life light limited lines list literature lithuanian little live lively lives londoner
londoners long longevity lord los love lutheran luxembourgish macedonian mafia main mainland make malaysian maltese management manager many maoist march marijuana marine mark marks
marriage mars marxist master maybe mayor meal means media medical medicine mediterranean meeting member members memorial mercury messenger meteorological metro metropolitan mexican
mexicans mid middle migrant migration mind minister ministers ministry minority miracle miss mission mister mitigation model modern moldovan monastery mongolian month moon mormon
mormons morning moroccan motor motorway mount mountain mountains mr mrs municipality museum muslim muslims nad naked nation national nations native natives natural navigation navy
nazi nazis near nebula need nepalese nervous network never new news next nice nigerian night ninth nordic north northern norwegian not nowadays observatory ocean odyssey off office
officer old olympic olympics one open operation opposition orchestra order organisation organization orthodox ottoman our over oversight pacific pack pakistani pakistanis palace
palestinian palestinians palliative papers paraguayan parisian park parliament particle parts party pass peace peninsula people peoples permanent persian peruvian pharmacy pig
pipeline plan plane planned planning player plaza please pole police policy polish political pope population portuguese post preliminary premier presidency president
president-elect presidential presidents presiding press prevention primary prime prince princess priority prison prize probe problems professor project projects property protestant
provisional prussian psychology public pundit puritan qatari quaker queen race radio rakfisk rally ranger reading reality recently red regional religion renaissance report
representative representatives republic republican republicans research researcher reserve resistance responsibility return revenge revolution richest rift right rights ring river
road rock rocket roman romanian romanians romans rooms royal running russian russians safety said saint san saudi saudis scale scales school schools science sciences scientific
scientist scots scottish sea search seas second secret secretary securities security select senate senator senators senior serbian serbs sergeant service services seven seventh
sharia shia shiite shiites shop show sicilian silicon sino sir site six sixth skills sky slovak slovene slovenian social socialist society somali son song soon sound south
southeast southern soviet soviets space spaniards spanish spartan spring square staff stalinist standard star stars state states station storm stream street succession sudanese sue
summer summit sun sunni sunnis superior support supreme survey survivor swahili swede swedish swiss syrian syrians system tajik tap taxis team technology telescope telescopes
television temple tenth term terms thai thais that the their then there these third thirty this those tibetan time times tobacco today tories tornado tory tours town trade traffic
transatlantic translate transport treaty tropical true truly trust truths tunisian turk turkish turkmen turks two ukrainian ukrainians union unit unite united universe university
uruguayan using usually uzbek valley variety venetian venezuelan very veteran via vice victorian vietnamese village violence virtual voices wall war watch waters way weapons
wearing web week well welsh west western what wheel when white who why wide wield will win windows winter women wood world worth year years yemeni you your youth zionist zone`),
	"fr": set(`academie accord acheter action administration aeroport affaires afro-americains age agence agriculture aigle air allemagne allemands alliance allons americain americains andine
angleterre ans antarctique antiquite apocalypse apprentissage arabes arctique armee art article arts asie assemblee association attention aujourd automne autriche-hongrie
autrichiens avenue aviateurs baie banque barbarie bas basilique basse bat bitcoin blanc blanche blanche-neige blancs bleus boheme boomerang bourse boutique britanniques bureau
business camp canadiens canal canyon cap-vert capital caraibes catalans catastrophes cathedrale centrale centre chaine chambre champion championnat champions charme chateau chef
chinois christ cinq cirque cisjordanie classement clinique club col college colombien colon comite commerce commercial commerciales commission communaute comte conference congres
conseil conservateur conservation constitution coree cornets corps coupe cour court couture croix croix-rouge dame danois declaration defense departement desert detroit deuxieme
developpement devoir dieu directeur direction division dominicaine dragon droit droite droits duc echelle ecole ecossais ecosse education egee eglise egyptien egyptiens elle
emirats empire enfant equateur espagne espagnole espagnols est etat etats etats-unis ete etrangeres etrangers euro europeenne europeens examiner extreme-orient face faculte
faillites faire federal federation festival fin finances fleuve flotte fondation fonds force formule fort freres galles gallois garde gare geants general gestion golf golfe grace
grand grande grande-bretagne guerre guerres habitat haut haut-karabakh haute haye heros histoire hiver homme hongrie honneur hotels ile iles indien industrie infirmerie institut
institution intellectuelle intelligence interieur international internet islamiste italiens japonaise jardin jeux journal journee juifs justice laboratoires lac lamentations large
las latine league les lettres liberation ligne ligue lion loi long lune maison maison-blanche maitre malgre manche marijuana marine marocain mars medias membre membres mer mercure
mes metro mexicain mexicaine mexicains ministere mission modele monastere monde mondial mondiale monetaire monsieur mont montagnes monts morte moscou moyen moyen-orient mur musee
nad nains national nationale nations navigation new-yorkais noire nord nord-coreens nord-est nord-ouest notre nouveau nouveau-mexique nouvelle nouvelle-orleans nouvelle-zelande
observatoire occident occidentaux ocean oceanie olympique olympiques operation ordinaire ordre organisation orient oscars ouest pacifique palais palestiniens panamericains pape
parc paris parlement parmi parti parts pays pays-bas peintre peninsule pennsylvanie perspectives peter pierre pilotes place plan plateau pole police polonais pont population prague
premier premiere premiers president prevention prince princesse principal printemps prix probleme proche-orient procureur professeur propriete psychologie quartier qui radio
rakfisk reine renaissance republicain republicains republique reunion revolution roi rouge royale royaume royaume-uni rue russes russie saint saint-domingue saint-petersbourg
saint-sepulcre sainte salle sante seconde secretaire selon senat senateur sept septembre serpentaire service six societe sol soleil souffrance sovietique stade standard star stars
sterling sud sud-est sud-ouest sud-pays suisses support supreme syndicale tadjikistan tcheques tel-aviv telescope temple termes terre terres terriens the tour tourbillon tout
traite trente turc unies union unis unite univers universite valeurs vallee vendredi venus verseau via vie vieille vieux ville web xixe xvie xviie xviiie`),
	"es": set(`academia accion acuerdo adios administracion aerea aereo aeropuerto agencia alemanas alemania alta alto americanos animales ano apelaciones aplicacion aprendizaje arabes arena
armada arte artificial artista asamblea asi asociacion asociada asuntos aun austral autoridad ayudo ayuntamiento baja bajos baloncesto banco bang batalla belleza big bitcoin blanca
bohemia bomba boutique bronce buenos busqueda cabo caja calendario camara camino campeonato campeones canadiense canal cancer canon capital carrera carros casa casas caso caza
central centro certificados china ciencia ciencias cisjordania ciudad civil clara clase clinica club colegio colegios colonia comercial comercio comision comite como competencias
comprar comunicaciones comunidad con concursos conduce congreso conjunto consejo conservacion conservador considera constitucion constitucional contemporanea control cooperacion
corona coronel corte costura cree cruz cual cuales cuando cuanto cuantos cuarenta cuentas cuerpo cuidado cultura cumbre dan declaracion defensa democratico departamento derecho
derechos desarrollo desastres desea despacho dia digitales dios diputados direccion director distrito division domingo donde economia edad educacion egipcia egipcio ejecutivo
ejercito electoral embajada empleo energia entiende equipo escoces escocia escuela ese espacial espana espanola esta estado estados estan estaran estatal este estos eurocopa
europea europeo existe exposicion exteriores extranjeros extremadamente extremo familia federacion federal festival figura filosofia fin fiscal flota formula foro fortaleza frances
fuego fuerte fuerza galaxia gales generacion general gestion global gobierno golf golfo gracias gran grand grande grupo guerra hacerse hangi haya hermanos heroe historia honor hora
hospital hotel hoteles humanidad humanos huracanes iglesia impacto independientes indico indonesia industria industrial industrias informacion inglaterra inmigracion inmigrantes
instituto inteligencia interior internacional internet introduccion investigacion invierno isla islas japon jardin jardines jefe jefes judicial juegos julio justicia laboratorios
laborista las legal lengua les ley leyes liberacion liberal libre liga lista longevidad los luna lunar mar marino marte matrimonio maya mayor medica medico medio medios mercantil
mercantiles mes mesa metro mexicana mexicano mexicanos miembro miembros ministerio ministra ministro mision moda modelo montes morir muerto mundial mundo municipal muro museo
musulmanes nacional naciones nad nativos naturales nebulosa negra negro nevada norte noticias nuestro nueva nuevo occidental occidente oceano oeste oficina operacion organismo
organizacion oriental oriente pacifico paises palacio palestina palma pan papeles para parlamento parque parques partido patrimonio paz pena pero piedra pilotos plan plata plaza
poblacion podra podria polaca policia politicas polo polvo por post premio prensa presidencia presidente pretende prevencion primavera primer primera princesa principal problemas
profesional profesor propiedad protocolo proximo pueblos puede puerto que quien quinto radio rakfisk real red reino relaciones religion representantes republica republicano reserva
resistencia reunion revolucion rey reyes rico rio roja rojo romano ron rusa rusia ruso salud santa sea sean secesion secretario secreto segunda seguridad selva semana senado senor
senora sera servicio servicios sharia show sida siete siguiente sindical social sociedad sol sonda sovietica sudafrica sudamerica superior suprema sur suramericanas tales taxis
tecnologia tecnologias telescopio television templo tendria teneis tengo tercera the tiene tierra tornado transporte tratado treinta tribunal unidad unidas unido unidos union
universidad universo valle valores vamos van verano verde via victoria vieja viernes zona`),
	"pt": set(`aberto abril acessiveis acordo administracao aerea aeroporto agencia agentes alemanha alemas ali alta altas americano anel anglicana ano anoes anos antartico antiga antigo
apelacoes aplicacao area artes artico artificial assembleia associacao atacar atencao ativos atletas atletismo ato atualmente austral avaliacao avancados avenida baia baixa banco
basilica batalha boa bomba bone branca branco britanica britanico cabo caca camara campeoes campeonato canal carruagens casa casas castelo cataratas catedral categoria central
centro cervejaria checoslovaquia cidade ciencias cinco cingapura circulo civilizacao classe colinas comando comercio comissao comite competencias conde conferencia congressista
congresso conjunto conselho conservacao conservador conservadores constituicao copa coreia corpo correios corrida corte cristo cuidados defesa delegacia democrata democratas
departamento deputados desafio desenvolvimento deserto deus dia direito diretora distrito divisao documentos domestica domingo duque egeu egito ele emirados emprego empresas
energia ensino era escoces escocia escola escolas escritorio espacial espanhola especial esperanca esquadrao estacao estadio estado estados estaduais estadual estatal estrada
estrangeiros estreito estupido europeia europeu exercito exposicao exterior exteriores face faculdade fama familia familiar farao feira feito festival figura final florestal fogo
forca forte francesa frota fundacao fundo furacoes futebol gabinete gales general geracao geral gestao global gloria golfo governo gra-bretanha grande green guarda guerra guerras
guru habitat hangi heroi historia hoje hora hospital hotel idade igreja ilha ilhas impacto imperio impossivel independentes indo indonesia industria inglaterra instituto
inteligencia interior internacionais internacional internet inverno investigacao investigacoes ira irao isso jardim jardins jogador jogos jovem juiz juridica justica lago lei leste
liberal lider liga local longa lua luz maldicao malefico mancha mar marinha marreta marretas massa mau media medicina medico medio membro membros milagre ministerio ministra
ministro missao momentos monetario montanhas monte morcegos mosteiro mundiais mundial mundo museu nacional nacoes nada nao naturais negocios negro neve norte nossa nosso nova novo
nunca oceano ocidental ocidente odisseia oeste oleodutos oposicao organizacao oriental oriente outono pacifico pais palacio papa parlamento parque partido paternidade patrimonio
patrulheiros peninsula pericia pesquisa pilotos planejamento plano policia politica politicos polo ponte porca porto praca prefeitura preliminar premio premios preservacao
presidente primavera primeira primeiro princesa principe proxima pwp radio radiodifusao rainha real regresso rei reino relacao relacoes renascimento representantes republica
republicano republicanos reserva reservas resistencia retorno revolucao rio sair sanscrito santa santo sao saude secretaria secretario secreto segunda seguranca senado senador
senadores senhora servico servicos sete show sistema sociedade sol sonda sua suica sul supervisao supremo tecnologia templo tempo tenente-coronel terceira terra terras the times
tom tornado torre trabalhista trabalhistas tradutor transtorno tratado tribunal triceratops trinta tropa tumba turma twp uniao unidade unidas unido unidos universidade vale velha
velho velhos verao verde vermelha vice-presidente vila vinganca vitoria volta web zona`),
	"it": set(`affari agenzia all ambiente appello area assemblea band bank barca ben bianca bomba camera campidoglio canale capitano capo capodanno casa centrale centro chiesa cinque circuito
citta classe club colonia comitato commercio commissione conferenza consiglio corona corte croce democratici dipartimento direttore distretto energia eroe erostrato esposizione est
esteri europa europea festival figura flotta forte galles generale giardini giochi giorni giustizia golf governo gran grande guerra habitat hotel impero impossibile indiano
indipendenza industria internazionale internet invernali isole istituto lei lunga mare marina membri membro militare ministro mondiale mondiali nazioni nero non nord nord-est nuova
occidentale olimpico oriente oro ospedale pacifico paese paesi parlamento partito pass patrimonio paura piccolo polo premio presidente prima primo questo radio rappresentanti regno
repubblicani repubblicano resistenza rivoluzione rossa salute sanita santa scuola sei show sicurezza sikh sole star state stati stato sua sud sul suprema tedesche terra terza the
tornado triceratopo ufficio ungheria unione uniti unito universita valle vecchia venere verde volta web`),
	"ru": set(`the август авиалинии агент агента агентства администрации американскии арабских ассамблеи ассоциации безопасности большого большои брат бывшая вам верховного военном востоке
восточнои вторая второи выити газа герои героя главного гор гора город города государственного государственныи граждане гроба группы гуру дали декларации день дня долг долине евро
европеиского закона закону зал западнои западном земле земли играх индонезииского института интернете искусств история июня класса клуб комиссии комиссия комитет комитета комитетом
конец конституции король кризис кто купить лаборатории летнего лиги лучшая любовь люди маия массу медицинскои международного международнои международном международныи мексиканского
мир мне многое модели музеи нации национального национальнои национальном национальныи наш неделе недели немецкого ним новои новом новостеи новую ночи общества обществе общество
олимпииских организации отделения очень пакт парламент парламента партии первая первои первую плана последнии право президент президента президенту премьер-министра проблемы путь
республику рода русскии русского сада саммит саммите север северная севернои сегодня семь сенат славы службы совет совета советом современное солнце союза специального список
средства станции страна страх суда суде территориеи только том торнадо тут улице университет университета университете управление федерации французскии храм центр центрального
центральнои центральныи центре человека черного чешскои члены шотландскои штатах штатов штаты этим юго-восточнои южнои южном южную юридическим юридическом`),
	"uk": set(`авіалініі агент агентства агентство асамблеі великии великим від гуру дві державнии другоі другу енергіі заходу захід західноі звільнення землі комітет комітету конституціі лише
метро міжнароднии міжнародного міс містер місяць місяця місяці над національнии новини нового новоі нову німецькі останніи офіс парламенту партіі першоі першу першіи план
представник представників президент президента прем про північна північнии північніи рада ради руху світ світових світовоі середньому сонячніи спеціального страх суду суді сході
торнадо тури університету університеті хангі храм центрального центральноі центру центрі школи шотландського штатів шість юридичному інтернету`),
}

// translated are English words that are translated where they stand in a name.
var translated = set(`lake river sea ocean mount mountain mountains island islands bay gulf cape valley peninsula strait channel canal desert forest park garden gardens square street avenue road bridge
station airport harbour port castle palace tower wall gate church cathedral temple abbey mosque museum library hall court house university college school institute academy hospital centre center city town
county province district state states kingdom republic union empire federation nations king queen prince princess duke emperor pope saint lord lady sir president minister senator secretary general
judge justice governor mayor chief chancellor professor doctor ministry department office agency council committee commission board bureau bank fund party army navy air force guard police fleet squadron
world war battle revolution treaty act law age day year week heritage site list prize award cup league championship games reserve area museum game crown booking former deputy vice foreign prime interior defence defense finance spokesman spokeswoman chairman director mr mrs ms dr today tropical storm hurricane
central upper lower new old great big black white red blue green golden high holy royal national international american british french german russian chinese`)

// starters are words that open a sentence before a name.
var starters = map[string]map[string]bool{
	"en": set(`a abolishing about above access accompanied according accordingly across actions active actor admission advocates after aftershocks again air airlines alcohol all allies almost
along already also although amid among an and animals announcing another any anyone apart architecture are army around arrest artists as at athletes attention authorities authors
auxiliary avalanches back balance based basically basketball bat bats be beaches because before beginners behind being believe better between beware beyond big bike bird birth
bitcoin bizarre black blood bloody bodies bond boomerang boredom born both brand breakfast bribery but buying by c can car carrying caution celebrity cell cells certainly chaos
check chicks chief children cigarette cigarettes circumstances city clean close clowns coffee cold colleagues coming common communications compared competing computers condoms
confirmation conflict congressman conservative consider construction continued control could counts courageous credit crime dark day dazzled deaths defense defining definitely
delighted democratic demonstrators depending designers desperate despite did diet digital diplomatic diplomats disorder do doctors does don donations double doubling drink drivers
due during each earlier early earthquakes economy eight either electricity elements emotions encouraging enforcement enough entering entry especially estate estimates even
eventually every everybody everyone everything everywhere evidence except exhausted existing expert experts facts fairly families famous fashion fast federal fellow few fewer
fifteen figures fill fire first fish fishing five flying followers following for forged former forty fossil four fourteen free friends from funding further general get getting give
given glasses global go golf good government graffiti grant greed growing half hands has hatred have having he health heels helicopters helping her here highly hiking his honestly
host hostels house how however human humans hundreds i icy if illegal imagine immediately in income increased increasingly indeed independent individuals infectious information
initially inland instead interactive interest international internationally internet investments is it its joining journalists judgement just justice k keep key king kings la
labour lack lake language languages last later le lead learning leave let liberal lies life like likewise living local long look major make man manners manufacturers many master
maybe mayor meanwhile melted men messenger middle migrants military millions miners miss modern monitoring monthly moose more moreover most mostly movements much museum music my
nad national natural naturally navy never nevertheless new news next nine nitrogen no nobility nobody nonetheless nor normally norms north northern not nothing now nowadays obvious
occasional of officers officials often old on once one online only open opposing or organisers other others otherwise our out outside over overall palliative park parliament part
participants participating particularly parts passengers paths patients people perfect perhaps permits personal personally phases photons place please plus police policemen
possible possibly potentially powers president pretty preventing previously prime princess prior privacy private products professor properly prosecutors prostate protesters
protests protons provided pub public punished purpose put quite rakfisk rapper rather ratified real recently red reference regarding regardless registration regulations relations
remember repercussions representative representatives repression research researchers residents rest right rights roads roll roughly rugby ruins rules s sand saying scheduled
scientists secondary secretary security seeing senator setting seven several sewer sharing she shortly should show signs similar similarly simply since sitting six sixty small
smoking snowploughs so social some somebody sometimes sophisticated sources south southern space speaker special specialist specialists specially speed spokesman st standard
standing stars start starting state still store strange strong student students studies study style submarines subsequently success such summer suppliers supporters surface
syphilis take taking tall taxis tears telling temperatures ten tenants tens terrorist testing thanks that the their then there therefore these they things thirty this those though
three through thus time to tobacco today together tomb tomorrow too tornadoes total touch tough tourist tourists tours track traffic travel traveling troops tropical truly try
tutors two typical u unbeaten under unexpected unknown unless unlike until unwanted up users using usually via vice videos view visa vision visit visitors volunteering voters want
was watch water waters waves we weapons weather websites weighed weight welcome well wellness west what whatever when where whereas whether which while who why widespread wild
wildlife will wind with within without world would written years yes yesterday yet you young your`),
	"fr": set(`a accompagne accueil achete acheter action actuellement afin age agee agir ainsi allez alors anciens apprendre apres après arrestation attaque au aucun aucune aujourd auparavant
aussi autant autour autre autrement aux avant avec avoir ayant ayez beaucoup bien bilan bitcoin blanc bon c ca cachee campagne capable capture car carambolage ce ceci cela celebre
cellule cependant certaines certains certes ces cet cette ceux chacun chacune champ chaque chez cinquante client colere combien combinaison comme commencer comment concernant
conference confidentialite conformement consequences contrairement courageux d dans de debut defile deja demain depistage depuis derriere des desormais deux devant dimanche
diverses dix donc donnee donnez doubler du durant efforts elements elle elles en encore enfin ensuite entrer environ essayez estimant et etant etre etudier evidemment faire fais
faites faits finalement fondamentalement generalement grace hier hors huit ici il ils impossible installer integre interroge invoquant j jardin je jeunes journee jusqu juste
justice l la laboratoire le les leur leurs lors lorsqu lorsque lui m ma madame maintenant maire mais malgre malheureusement meme merci mercredi mes moins mon monsieur monter mort n
nad naissance ne neanmoins neuf nombre nombreux non normalement nos note notre nous objets on ont or originaire ou oui où par parallelement parce parfois parlement parmi parodie
partez pas passer pendant pensez personne peu pierre plans plus plusieurs porter pour pourquoi pourtant pouvoir premiere prenant prenez pres prevenir prison probleme projet
protection puis qu quand quant quatre que quel quelle quelles quelqu quelque quelques quels questions qui quinze quoi quoique rares ravi recemment rechauffement regardez regardons
region regions regulierement rejoindre repercussions responsable reunis ri rien s sa samedi sans sante sauf se seisme seismes selon sept ses seul seules seuls si sinon six soins
soit soixante son sont sous souvent soyez suite sur surtout surveillance t tandis tant telle the tous tout toute toutefois toutes trente tres trois trop tu typique u un une
vendredi verifiez vers vieilles visitez vivre voici voila vos votre vous voyagez vue x y à`),
	"es": set(`a aburrirse acabo actualmente ademas admitio advertencias afirma afirmo agrego ahi ahora al algo alguien algunas algunos alli alrededor ambas ambos anadio analizamos and anos ante
anteriormente antes anuncio aparte apenas aplicaciones aporta aprender aproximadamente aquel aquella aquellos aqui argentina asesinato asi asimismo ataque aumentara aun aunque
avanzo ayer ayuda bajo basandose basicamente beber bien bitcoin brexit bueno buenos c cabe cada calentamiento campo capaz captura carambola casi castigado catorce cerca china
cientificos cientos ciudad claro combinacion comenta comentarista comienza como companias compartiendo compro con concretamente condones confia confirmo conforme conocemos
consecuencias considerando considere considero consiguio constituye convencer corrio creen crei creia creo critica critico cualquier cuando cuatro cuentan cuestion cuidado cuidados
dada dado dar de debe debemos deberia deberian debido decenas decidio decirles defendio definimos definitivamente del delante demasiada demasiado den dentro dependiendo desafiando
desaparecio desconectar descubrio desde desfile desgraciadamente despues después deteccion dia dicen dicha dicho diez dijo dio diputado distintos donaciones donde dos duplicar
durante e el ella ello ellos empece empezo en encontramos entonces entrar entre era eramos eres es esa esas escribian escribio escuche ese eso esos especialistas especialmente
especificamente esperamos espero esta estaba estados estamos estan estar estare estas este esto estos estoy estudiantes exactamente excepto exigian existe existen existia
experimentamos experimentos explico faltan finalmente forma forman frente fue fuego fueron fui funcionarios gana gasta generalmente gracias gran grandes guarde guru gusto ha haber
habia habian habla hablamos hablando hablo habra habrian hace hacer hacia haga han hara hasta hay he hechos hemos hizo hombres hora hoy hubo hui i iba ibamos igual igualmente il
incluso incluyen independientemente indonesia informo inician iniciar integrado intento internet interpretes jamas jardin jefe justicia la lamentablemente las le lee les levantar
llegamos llevar lo lograr los luchar luego m maestro manana manifestaciones marco mas me mejor mencion mentiras mi miedo miembros mientras mira mis mostraba movember mucha muchas
muchos muere muertes muestra murieron murio muy n nace nacio nad nadie necesitamos ni ningun ninguna no normalmente nos nosotros nuestra nuestro nuestros nuevas nueve numerosas
nunca o obtuvo obviamente ocho ocurre orgulloso oriundo otra otras otro otros para parece parte pasada pasarse paso pelicula pena permite pero pese petroleo pienso pocas poco pocos
podemos podra podria podrian ponemos por porque porras posiblemente posteriormente potencialmente precisamente preguntas presenta prevenir primera primero prision privacidad
probablemente problema procure producen profesionales programado propuso proteccion proveedores publico puede pueden puedes puedo pues que quede queremos queria quien quienes
quiere quieren quiero quise quiza quizas realizar realmente rechaza recibimos recibio recientemente recuerda recuerdo region reglas regresar regrese regularmente repercusiones
republica resulta reunidos reyes roja sabemos saben sabia salud salvo santos se sea sean segun según seis senala senalo sencillamente senor ser sera seria si siempre siguio
simplemente sin sitios sobre solo somos son soy su suele suena sugirio supone supuestamente surgen sus tal tambien tampoco tan tanto tarda te temo tendra teneis tenemos tener tenga
tengo tenia teniendo terremoto terremotos the tienda tiene tienen tienes tocando toda todavia todo todos tome trabajamos trabajar trabajo tras tratamos trate trato tres tu tumba
turistas tuvimos un una unas unirse uno unos usted utilidad utilizan va vale vamos van varias varios ver vi viajar victoria viejas vigilancia visitar visite vista visto viven vivir
vivo voy x y ya yo él`),
	"pt": set(`a acampar acha acho acima acompanhado acompanhar acredito adorei aeronaves agentes agora ainda ajudou alem alguem algumas alguns aliados amanha ambas analistas and animais
anteriormente antes antigo ao aparentemente apenas apesar apos aprender aqueles aqui artistas as assassinato assim ataque ate atencao atraves atualmente autoridades avalanches
avioes basicamente bem bone cada caminhadas caso celula celulas centenas cerca certamente chapeus chegou choramos cidadaos cientistas cinco circulam claro colecoes colegas com
comeco comentou comicios como companhias compras conforme confrontos conhecemos considerando controlador contudo conversa creio cresci crimes critica da dada de deixe deixou dentro
depois deputado deputados descobriu desde dessa desses desta detencao deve devido dez diante diferente digo diplomatas disse disseram diversas diversos do dois duas duplicar
durante e editora efetuou ela elas ele elementos eles eletrons em embora enfrentando enquanto entao entrar entre era escolhi esforcos especialistas espero esportes essa essas esse
esses esta estamos estao estas estatua este estes estou estrela eu excursoes existe existem faca falta familias fas fatores faz fazer fez ficamos ficou filho fiquei foi fontes fora
foram fotografar fotos funciona fundo futuro geralmente gracas grande grandes gravadores grupos ha havera havia hindi hoje homem homicidio hora horas houve independentemente
informou iniciantes inquilinos investimos ir iria isso isto ja juntas la linguagens logo macedonios mais maneiras mantendo marcado mas massa membro menos mentiras mesmo meu milhoes
militares minha ministra montar moradores morreram morreu mudar muitas muito muitos na nao naquela nas naturalmente nem nenhum nenhuma nessa nesse neste ninguem no nos nossa nossas
nosso nota noutra nova novas nove novos num numa numero nunca nuvens o obviamente ocorreram oficiais ondas onde ontem operacoes os ou outra outro outros ouvi palavras para parece
pareceu parlamentares parte partes particularmente passou pela pelo pensam pensei penso planos pode podem podera policia por porem porque portanto pouca pouco precisamos presidente
primeira primeiro principalmente prisao programado prometo protestos protons provavelmente qualquer quando quase quatro que quem querem queremos quero questoes quis recorda redes
referiu regra reino representantes sabado saber sabia sao satisfeito se secretaria seguindo segundo sei seis seja sem semelhante sempre sendo ser sera serao seria sete seu seus sim
sismo sismos sites so sobre somos sou sua suas tais tal talvez tambem tantas tanto tem temos tendo tenha tenho tentamos tente ter teria terremoto terremotos the tipico tive todas
todo todos tomar tornados transmitido tremores tres tudo turbinas u um uma vai vamos vao varias vem ver verifique vi viajar visitantes viver voce voces vou à`),
	"it": set(`a abbiamo ad affermando affinche aggressione ai al alcune alcuni all alla alle allo almeno altra altre altri anche and app arresto artisti assicurarsi attenzione attorno
attualmente aveva avevano avra avrebbero bisogna bugie c cappelli cellula centinaia cercate certamente che chi ci cio ciononostante circa come commemorato con conosciamo
controllore cosa cosi credo d da dai dal dall date dato deve devono di dieci disse distribuire diverse domani dopo doveva due durante e ed elementi enorme entrare entro era
esistono esse essendo essi ex fanno fare faremo felice fin fino fondamentale fondamentalmente forse forti fotografie fu generalmente giocatore gli gran grazie ha hanno hindi ho i
ieri il in indipendentemente infatti innanzi inoltre insieme intanto intorno invece io l la le lei lo loro lui ma mantenere martedi massa membro mentre mercoledi mi mia milioni
molte molti musica nato naturalmente negli nei nel nell nella nemmeno nessun nessuna nessuno noi non nonostante nuovamente nuove oggi ogni oltre omicidio onde ora ovviamente parole
parte parti passando passare pensa pensano penso per perche percio permette personale persone piu pochi poi poiche possiamo possibili possono potrebbe potrebbero prigione prima
probabilmente produrre programmato prova provate puo puoi purtroppo qualcuno qualora qualunque quando quanto quattro quella quello questa queste questi questo qui quindi
raddoppiare re ricorda rispetto ritengo rivolgersi sabato salire sara sarebbe scontri se sebbene secondo sei sembra sembrava sempre sentieri senza si sia siamo siete situato so
solitamente solo sono soprattutto sotto spero spesso stando stanno su subito successivamente sui sulla sulle sullo tale tali talvolta tantissime terremoti terremoto the tomba tra
trasporto tre tuttavia tutte tutti ufficialmente un una uno uomo utilizzano vale vedo venerdi verranno vi viene visto vivere vogliamo voglio vuole`),
	"ru": set(`a c o the а авиакомпании австралииское автобус авторы агентство агенты адвокат азот акции американец американскии американцы англиискии архитекторы ассоциация аудитория афганские
баланс банк без бережно бесплатные беспорядки бизнес билет билеты биткоин благодаря бозон более болезнь больные большая больше большеи большинство большую бороться борьба борьбу
бразилец британская британскии будем будет буду будучи будущее будь будьте бывшии был были было быть в важно важнои вам ваш ввод ведомство ведущая ведущие ведущии ведь везде
великии вернемся верно вероятно верховныи вес веснои вести весь вечер вечером взгляд взятки взяточничество вид владельцы власти вместе вместо вне внешняя внутреннее внутренние во
вода водители военные военныи возможен возможно возможность возможные возникает возьмите воина вокруг волны вообще вопрос восемнадцать восемь вот впервые вполне впоследствии врачи
времени время все всегда всего всерьез вскоре встреча вся вход вчера вы вывести вывод вызывает выступая выше вышло газета генерал герои глава главное главнои главные главным
глобальное говорит говорить говорю говоря говорят год гол гололед голосование гольф гораздо город городскои господин гостями государственные государственныи государство граждане
группа губернатор гуру да даже далее данные данныи даты два две двери движения дебаты девять деиствие деиствительно деиствующии дела дело деньги депутат деревни десятки десять
детям дизаинер дизаинеры дипломаты директор для до добро доверие довольно доклад доктор документы долг долгое должно должностные доля дома дополнительные дороги дорожные достаточно
достаточное достижения доступ дочь древнии другая другие другим другое другои друзья думаю европеиская египетскии его единственная единственным едут ее ежегодно ежемесячнои ему
если есть еще ждать жертва животные жизнь жильцы жители жительница жить за завод завтра задачеи заезженныи заимет закон законом законопроект закону законы замок запаснои запускать
заразная зарегистрировано заставить затем зато затраты зачем защита заявили заявление заявления звезда звездное звезды звучат здесь землетрясение землетрясения зеркало зимои знаешь
знаки знаменитые знание значит зонд зубы и идеи идет идею идея из изменение изначально изображение изображения изобретение или им имеется имеите именно имитаторам иначе инвестиции
иногда иностранцам институт интересно интересы интернет информацию информация искусство использование исследование исследования исследователи история источник их к каждая каждое
каждому каждую каждыи кажется казалось как какие каким какими какова какои кампания канал канализационные кандидатом капитан капсула карибы картины касательно кемпинг китаиские
китаискии китаицы класс клетка клетки ключевые когда количество коллеги колония команда комиссия комитет коммуникации компания компьютер компьютеры кому конгрессмен конечно
консерваторы контроль конфиденциальность концепция концерн концерт корабль коренные король космическии кофе красныи критики кровь кроме крупные кстати кто культурныи курс курсы
лаборатория легко лезвия лекарства летняя летом летучие ли лидер лидеры лично личное личность лишь ложь лучше лучшие любое любои люди магазин маия маленькие маленькии мало мальчик
мать между международная международные международныи мексиканцы меньше меня места местами местные месяц министр мир мире мисс мистер мистицизм мне многие многих многочисленные
множество могли модели модные мое моеи может можете можно мои молекулы молодои молодые моя мужчина мужчинам мужчины музыка мы на набор над надежды надеть надеюсь надо название
называться наиболее наличие нам нападающии нападение например народ нас население населению насколько настоящая насчет находясь начальник начинается начиная начнем наш наша наше
наши не небольшое недавно недалеко недостатком недостаток недостаточно независимо незадолго некоторое некоторые некоторых нельзя немецкие немцам немцы необходимо необходимость
неожиданные непростая несколькими несколько несмотря несомненно нет ни никогда никто ничего но новая новое новые новыи норвежскии ночью ношение ну нужно нынешнии о об оба обвинения
обвинители обе обеспечило обладатель областные обо обоити общая общественные общии объект обычно обязанность огромное один одна однажды однако одни одно одного однои одному
ожидается оказалось около окончательное округ окружают он она они оно опасности определенно опрос опубликованныи организация оригинальныи оружие основное основнои основные основных
особенно остается остальную остерегаитесь остров острова от отдел отдельные отец открытие открытым откуда отмена отношения отныне отряд отсюда оценивая очевидно очень очереднои
очки пабы памятник пардубицкии пациенты первая первое первоначально первые первыи первыми перед передача пик писатель питание план платить плюс по повлияли повсюду погибло погода
под подводные поддержка подобное подобные подобныи подполковник подробности подтверждение подход подходить поездка поездку пожалуиста позже позиция поиск пока показания показатели
поклонники покупатель покупать политические политическое полицеиские полиция полки полная полное получить польза пользу помимо помню помощь понимает понимая понятие понятно
популярность популяции попытка поражение поразительно посетить посещение поскольку после последние последнии последняя последовательность последствия посмотрите посольство
постановление постоянныи потенциальнои потом потому похожего почему почти поэтому поясняет правда правила правительство предлагаемые предложение предотвратить предполагают
предположительно председатель представители представитель представление предупреждения предыдущие прежде презервативы президент президенту президенты преимущественно преподаватели
преследования при приблизительно прибыли приложения примерно принимаем принцесса притом причина причудливые проблема проблемы провал проверка прогнозы продавцы продажи продукты
проект проидет производители производитель производственная произошла произошло прокурор просто просят протест протесты профессор проходить процент процесс проще птенцы пусть
путешественник путешествие пятыи пять раз разве развязывание разница разные разрешения разумеется раион рак ракета ракфиск ранее ранения раньше распространение рассмотрите
расстроиство растет расходы расширение реакция революция регби регистрация регулярно рекорд репрессии республика республиканские рестораны референдум речь решение решением ровно
родить рост руины рука руки руководство рэппер ряд рядового рядом с саиты сам сама самая саммит само самолет самые самыи санскрит свидетельства свою северная сегодня сегодняшнии
сеичас семьи семья семьям сенатские серебряныи серия серьезнои сеть сидя сильное сильные сингапурцы система системы ситуация сифилис сказал сколько скорая скорее скоро скорость
скрининг скучать слабое следует следующии следующим слезы слишком слова слово словом сложность сложные служба случаи слушая смертность смерть смогу сможет смотрите сначала снегопад
снизу собственно совершить совет современные совсем согласно соглашение создание сообщается соответственно состояние сотни сотрудники сохранена социальные сочетание союзники
спасибо специалисты специальные спортсменам способность способныи спросил спустя сразу среди станет стараемся старшии старые стены стоит столица столкновения сторонники стоя стояла
страх стремясь студентам студенты субсидии судья существует схемы считается та табачные так такая также такие таким такое такои талыши там те текст телескоп телескопы тем темные
температура теперь тестирование техническии то товары тогда тои только том торговая торнадо тот точно трагедия традиционныи требования тренер три тридцать трицератопс тропическии
трудно туда туманность турецкая турецкие туристы тут ты тюрьма тяжелые у убедитесь уважение увеличение уже умер управление управляющии уровень успех установка утром уход участие
участники ученые учитывая фазы фактически факторы факты федеральное физически фильм финансовые фотоны французскии ханги хангыль хинди хор хорошая хорошего хороших хорошо хостелы
хотите хотя хочешь храм хуже цель целью цену цифровые цунами частично частныи часто частое частыми часть чаще человек человеческие чем через черныи честно четыре число член членов
члены что чтобы чувство шахтеры шестеро шестьдесят шефство широкие шляпы шоссе шоу штат шторм эквадорскии экономика экономические экскурсии эксперты электричество эта эти этим это
этого этот эту эффект юноша я языком японскии`),
	"uk": set(`а австраліиське австраліиськии автобус автор адже аеропорт азот але алкоголь алфавіт альбом американськии англіиськии архітектура атом багато багатьох баланс банк без беручи
близько бразилець брехня британська британськии бізнес більша більше більшість біля в важко важливою ваш вважати вдома величезні весь вже взимку ви вибір видання виконання
використання витік виходити включення влада власне влітку вночі водіи володар вона вони воно вперше впродовж враховуючи всесвітніи втім відвідати відвідувачам відкриття відносини
відомі відповідно відразу відсторонення відчуття віина віиськові він вісімнадцять галузевии генерал генеральнии глядачі гол голова головнии головним голосування гольф гра гравець
гравці гробниця громадянам гру група групи губернатор гурт гуру далі дані два двосторонні дві декілька демократ державнии десять деяких деякі джерела джерело дивіться дизаинери
дипломати для до довгии додано дозволи документи дослідження дослідники доступ досі дочка другии дуже думаю діисно діти дітям експерти електрони жити жінки з за заарештували
завдяки завод заворушення завтра загалом загальне загинуло зазвичаи закон законодавство замість запитання зараз заяву звичаинии звичаино звісно згодом згідно землетрус землетруси
змусити зміна знак знання значна знаю знизу зняття зокрема зрештою зусиллями зі зірка зірки имовірно иого иому кавалерія кажани кажуть капсула капітан каріби класно клітина клітини
кожен кожне кожного коли колишніи колоніі команда компанія комісія контроль король корінні краще кров крім кілька кількість лезо лишається лише люди людина лідер лікарі лініі літня
маибутнє мандрівник мати маючи мене мені мережа мережі мешканці ми минулого мова мови моделі може можливии можливо можливість можна можу молекули моя між міжнародні мільиони
міністр містер містечко місто місце місцеві місця місяць мітинг мітинги на навчання навіть над наибільш наибільше наикраще наистаршого нам напад напевно наприклад наразі народ
наскільки насправді наступне наступного натомість науковці національнии наш не незалежно незалежні незважаючи немає необхідно нещодавно нижче нова нове ніколи німецькі німці ніхто
нічого о об обвинувачення обов оголошення один одна однак одне одним одному одразу озеро окуляри опитування організація оскільки основними основні особливо остаточне острови острів
офіс офіцери п паби пам пан пари перевірте перед персональні першии перші план планується пляжі побачивши побачимо поверхневии повинна повне погода податок подорож подібні
політичне поліція понад популяція потерпілии потім поштовхи пошук правила працювати працівники представник представники президент прем при приблизно принаимні природні прихильники
причиною про проблема проте протести протестувальники протягом прохіднии процес північна під підводні підполковник підхід пізніше після рада раион раніше регбі репер родини
розуміння росіиськии руки ряд рівно різні рішення сама саме самі санскрит свинка святкування серед середовище серія сильні система ситуація склад складається слово слухання сонце
сотні спеціальні сподіваюся спортивнии спочатку спроба співробітник стан станція статус статуя сторони стосовно стоячи стіни суддя супермаркети сучасні схоже сьогодні сьогоднішніи
таборування так таким також таксі таку такі там тварин тварини те тепер територія ти тим типові тисячі тобто тоді тож тому торнадо тропічнии турецька туристи туристичнии тут ті
тіла тільки у увагу уже уряд усі фази фактично форвард фотографіі фотони фірмові хангиль хангі хаос хвилі хмари хостели хоча хочете храм хто хтось хід це цеи цивілізація циклон цим
цунамі цього ця ці цілком час частина частиною часто часу через чи чим чиновники число член чоловік чоловіка чому чотири швидкість школа шоу шторм шість ще що щоб щоби щодо
щонаименше я як якби якщо японськии є єдиною і ідея іжа ім інвестиціі іноді іншии іншим інші існують існує іх іхнє`),
}

// exonyms are names of places and persons that languages have in forms of their own, a set to a name, folded.
var exonyms = []map[string]bool{
	set("germany allemand allemande allemands alemao alema alemaes aleman alemana alemanes tedesco tedesca tedeschi deutsch deutsche deutschen alemania alemanha allemagne germania deutschland alemanya германия германии німеччина німеччини niemcy niemczech"),
	set("england inglaterra angleterre inghilterra anglaterra англия англии англія"),
	set("britain britannique britanniques britanico britanica britanicos britannico reino unido royaume uni konigreich bretanha bretana bretagne bretagna grossbritannien великобритания британия"),
	set("spain espagnol espagnole espagnols espanhol espanhola espanhois espanol espanola espanoles spagnolo spagnoli espanha espana espagne spagna spanien испания іспанія"),
	set("france francais francaise frances francesa franceses francese francesi franca francia frankreich франция франции"),
	set("italy italia italie italien италия"),
	set("greece grec grecque grecs grego grega gregos griego griega griegos greco greci grecia grece griechenland греция"),
	set("turkey turc turque turcs turco turca turcos turchi turquia turquie turchia turkei турция"),
	set("sweden suedois suedoise sueco sueca suecos svedese suecia suede svezia schweden швеция"),
	set("norway norvegien noruegues noruego norvegese noruega norvege norvegia norwegen норвегия"),
	set("switzerland suisses suico suizo svizzero suica suiza suisse svizzera schweiz швеицария"),
	set("netherlands neerlandais holandes holandeses olandese holland holanda paises pays paesi niederlande нидерланды"),
	set("belgium belgica belgique belgio belgien бельгия"),
	set("austria autriche osterreich австрия"),
	set("hungary hongrois hungaro ungherese hungria hongrie ungheria ungarn венгрия"),
	set("poland polonais polonaise polones polonesa poloneses polaco polaca polacos polacco polonia pologne polen польша"),
	set("russia russe russes russo russa russos russas ruso rusa rusos rusas russi russisch russische russischen russie russland россия росіі росія rosja"),
	set("ukraine ukrainien ukrainienne ukrainiens ucrania ucraina украина украіна"),
	set("china chinois chinoise chines chinesa chineses chino china chinos cinese cinesi chine cina китаи"),
	set("japan japonais japones japonesa japoneses giapponese japao japon giappone япония"),
	set("korea coreen coreenne coreano coreana coreanos coreia corea coree корея"),
	set("india inde indien индия"),
	set("egypt egito egipto egypte egitto agypten египет"),
	set("morocco marrocos marruecos maroc marocco marokko марокко"),
	set("israel israele израиль"),
	set("jordan jordania jordanie giordania иордания"),
	set("lebanon libano liban libanon ливан"),
	set("syria siria syrie syrien сирия"),
	set("iraq iraque irak ирак"),
	set("saudi saudita saoudite сауд"),
	set("scotland escocia ecosse scozia schottland шотландия"),
	set("wales gales galles уэльс"),
	set("ireland irlanda irlande irland ирландия"),
	set("ecuador equador equateur"),
	set("deus dieu god dios dio gott"),
	set("aegean egeu egeo egee"),
	set("indus indo"),
	set("hague haia haya haye aia haag"),
	set("harbour harbor porto puerto port"),
	set("spring primavera printemps"),
	set("hungary hungria hongrie ungheria"),
	set("hormuz ormuz"),
	set("british britanica britanico britannique"),
	set("kuwait koweit"),
	set("yemen iemen"),
	set("mary maria"),
	set("los angeles"),
	set("london londres londra londen лондон"),
	set("paris parigi париж"),
	set("rome roma rom рим"),
	set("singapore singapura singapur singapour cingapura"),
	set("milan milao milano mailand милан"),
	set("venice veneza venecia venise venezia venedig"),
	set("florence florenca florencia firenze florenz"),
	set("naples napoles napoli neapel"),
	set("turin turim torino"),
	set("vienna viena vienne wien вена"),
	set("munich munique monaco munchen мюнхен"),
	set("cologne colonia koln"),
	set("brussels bruxelas bruselas bruxelles brussel брюссель"),
	set("antwerp antuerpia amberes anvers anversa antwerpen"),
	set("geneva genebra ginebra geneve ginevra genf женева"),
	set("moscow moscou moscovo moscu mosca moskau москва москвы москве moskwa"),
	set("petersburg petersburgo petersbourg pietroburgo петербург"),
	set("warsaw varsovia varsovie varsavia warschau варшава"),
	set("prague praga prag прага"),
	set("athens atenas athenes atene athen афины"),
	set("copenhagen copenhague copenaghen kopenhagen"),
	set("lisbon lisboa lisbonne lissabon лиссабон"),
	set("seville sevilla sevilha siviglia"),
	set("beijing pequim pekin pechino peking пекин"),
	set("tokyo toquio tokio токио"),
	set("cairo kairo le caire каир"),
	set("jerusalem gerusalemme иерусалим"),
	set("damascus damasco damas damaskus"),
	set("baghdad bagda bagdad багдад"),
	set("tehran teera teheran тегеран"),
	set("kyiv kiev kiew киів киев kijow"),
	set("crimea crimeia crimee krim крым"),
	set("danube danubio donau"),
	set("rhine reno rin rhin rhein"),
	set("alps alpes alpi alpen"),
	set("mediterranean mediterraneo mediterranee mittelmeer"),
	set("africa afrique afrika африка"),
	set("asia asie asien азия"),
	set("europe europa европа"),
	set("america amerique amerika америка"),
	set("antarctica antartida antarctique antartide"),
	set("york iorque нью-иорк"),
	set("california californie californien"),
	set("hawaii havai hawai"),
	set("philadelphia filadelfia philadelphie"),
	set("carolina caroline"),
	set("virginia virginie"),
	set("louisiana louisiane"),
	set("brazil brasil bresil brasile бразилия"),
	set("mexico mexique messico mexiko мексика"),
	set("chile chili cile"),
	set("peru perou"),
	set("argentina argentine argentinien аргентина"),
	set("colombia colombie kolumbien"),
	set("canada kanada канада"),
	set("australia australie australien австралия"),
	set("zealand zelandia zelande"),
	set("cyprus chipre chypre cipro zypern"),
	set("iceland islandia islande islanda island"),
	set("finland finlandia finlande finnland финляндия"),
	set("denmark danois danes danese dinamarca danemark danimarca дания"),
	set("czech checa tcheca tcheque ceca tschechien"),
	set("croatia croacia croatie croazia kroatien"),
	set("serbia servia serbie serbien сербия"),
	set("macedonia macedoine mazedonien македония"),
	set("bosnia bosnie bosnien"),
	set("georgia georgie georgien грузия"),
	set("lithuania lituania lituanie litauen литва"),
	set("latvia letonia lettonie lettland латвия"),
	set("estonia estonie estland эстония"),
	set("belarus bielorrussia bielorrusia bielorussie беларусь"),
	set("vietnam vietna vietname вьетнам"),
	set("cambodia camboja camboya cambodge cambogia kambodscha"),
	set("thailand tailandia thailande thailandia таиланд"),
	set("philippines filipinas filippine philippinen"),
	set("burma birmania birmanie birma myanmar"),
	set("nazareth nazare nazaret"),
	set("bethlehem belem belen betlemme"),
	set("kremlin kreml кремль"),
	set("kurdistan curdistao"),
	set("persia perse persien"),
	set("babylon babilonia babylone"),
	set("constantinople constantinopla"),
	set("alexandria alexandrie alejandria alessandria"),
	set("john joao juan jean giovanni johannes иоанн"),
	set("paul paulo pablo paolo павел"),
	set("peter pedro pierre pietro петр"),
	set("james tiago santiago jacques giacomo"),
	set("charles carlos carlo karl карл"),
	set("philip filipe felipe philippe filippo"),
	set("henry henrique enrique henri enrico heinrich"),
	set("william guilherme guillermo guillaume guglielmo wilhelm"),
	set("elizabeth isabel elisabeth elisabetta елизавета"),
	set("mary maria marie мария"),
	set("alexander alexandre alejandro alessandro александр"),
	set("nicholas nicolau nicolas nicola николаи"),
	set("francis francisco francois francesco franz франциск"),
	set("louis luis luigi ludwig людовик"),
	set("george jorge georges giorgio georg"),
	set("catherine catarina catalina caterina katharina екатерина"),
	set("benedict bento benedicto benoit benedetto benedikt"),
	set("jesus gesu иисус"),
	set("christ cristo christus"),
	set("columbus colombo colon colomb kolumbus"),
	set("confucius confucio"),
	set("aristotle aristoteles aristote aristotele"),
	set("plato platao platon platone"),
	set("caesar cesar cesare casar"),
	set("napoleon napoleao napoleone наполеон"),
	set("hitler гитлер"),
	set("pharaoh farao pharaon"),
	set("olympics olimpiadas olympiques olimpicos olympische jogos"),
	set("crusades cruzadas croisades"),
	set("tibet tibete"),
	set("mecca meca mecque mekka"),
	set("galilee galileia galilea"),
	set("wailing lamentacoes"),
	set("himalayas himalaia himalaya"),
	set("sahara saara"),
	set("nile nilo nil"),
	set("amazon amazonas amazonia amazonie"),
	set("thames tamisa tamesis tamise"),
	set("pyrenees pirineus pirineos pireneus"),
	set("corsica corse korsika"),
	set("sicily sicilia sicile sizilien"),
	set("sardinia sardenha cerdena sardaigne"),
	set("crete creta"),
	set("bavaria baviera baviere bayern"),
	set("saxony saxonia sajonia saxe sachsen"),
	set("tuscany toscana toscane"),
	set("lombardy lombardia lombardie"),
	set("catalonia catalunha cataluna catalogne catalogna"),
	set("scandinavia escandinavia scandinavie"),
	set("balkans balcas balcanes balcani"),
	set("siberia siberie siberien"),
}
