/** What operators say in other languages, in the words of the pages. */

import { stem } from "./stem.ts";

/**
 * On each line an English term, then how people of other languages begin it: German, French, Spanish,
 * Portuguese, Italian, Dutch, Polish, Turkish, Russian, Chinese, Japanese, Korean. A longer beginning wins; `$` ends a word that is meant as it stands.
 */
const FOREIGN_TERMS = `
disk: festplatte, platte, disque, disco, schijf, dysk, disk, диск, 磁盘, 硬盘, ディスク, 디스크
disk space: speicherplatz, plattenplatz, espace disque, espacio, espaço, spazio, schijfruimte, miejsc, disk alan, место на диске, места на диске, 磁盘空间, ディスク容量, 디스크 공간
full: voll, plein, rempli, saturé, lleno, llena, cheio, cheia, lotado, pieno, piena, vol$, pełn, dolu, doldu, заполн, полон, переполн, закончилось место, 满, いっぱい, 満杯, 가득, 꽉
memory: speicher, arbeitsspeicher, hauptspeicher, mémoire, memoria, memória, geheugen, pamię, bellek, памят, 内存, メモリ, 메모리
cpu: prozessor, processeur, procesador, processador, processore, procesor, işlemci, процессор, 处理器
server: server, serveur, servidor, serwer, sunucu, сервер, 服务器, 服务端, サーバ, 서버
does not start: startet nicht, startet der server nicht, fährt nicht hoch, ne démarre, no arranca, no inicia, no se inicia, não inicia, não sobe, não arranca, non si avvia, non parte, start niet, nie startuje, nie uruchamia, nie wstaje, başlamıyor, açılmıyor, не запуска, не стартует, не поднима, 无法启动, 启动不了, 起不来, 启动失败, 起動しない, 起動しません, 起動でき, 시작되지, 시작 안, 기동되지
start: start, démarr, arranc, inici, avvi, opstart, uruchom, başla, запуск, запуст, стартует, 启动, 起動, 시작, 기동
restart: neustart, neu start, neu gestartet, startet ständig neu, redémarr, relancer, reinici, reiníci, riavvi, herstart, opnieuw, zrestart, yeniden başla, перезапус, перезагру, рестарт, 重启, 再起動, 재시작
power outage: stromausfall, coupure de courant, panne de courant, apagón, corte de luz, corte de energía, queda de energia, falta de energia, blackout, stroomuitval, stroomstoring, awarii zasilania, elektrik kesinti, отключения электр, отключения питания, отключили свет, 断电, 停电, 掉电, 停電, 정전
delete: lösch, gelöscht, supprim, effac, borr, elimin, apagar, apague, exclu, delet, cancell, verwijder, wissen, usun, usuń, skasowa, silebil, silme, sil$, удал, стереть, почистить, очистить, 删除, 删掉, 清理, 清空, 削除, 消して, 삭제, 지워
slow: langsam, lent, lenteur, lento, lenta, devagar, traag, langzaam, woln, powoln, yavaş, медленн, тормоз, 很慢, 太慢, 缓慢, 变慢, 慢, 遅い, 느리, 느려
lag: rückstand, verzögerung, hinterher, retard, retraso, atrasad, atraso, ritardo, achterstand, achter, vertraging, opóźni, zaległ, gecikme, geride, отста, задерж, лаг, 延迟, 积压, 堆积, 滞后, 落后, 遅延, 遅れ, 滞留, 지연, 밀리, 밀려
consumer: konsument, verbraucher, consommat, consumidor, consumat, consument, tüketici, потребител, консьюмер, консумер, 消费者, 消费, コンシューマ, 消費者, 컨슈머, 소비자
producer: produzent, producteur, productor, produtor, produtt, producent, üretici, продюсер, производител, 生产者, プロデューサ, 프로듀서, 생산자
message: nachricht, messag, mensaj, mensag, mensagens, bericht, wiadomo, komunikat, mesaj, сообщени, 消息, メッセージ, 메시지, 메세지
lost: verloren, verschwunden, verlust, verlier, perdu, dispar, perdi, perdeu, perdem, desaparec, sumiu, sumiram, persi, perso, verdwenen, zagin, zagub, utrac, kayıp, kayb, потер, пропа, теря, 丢失, 丢了, 丢消息, 失われ, 消え, 유실, 손실, 사라
duplicates: doppelt, doublon, double, dupliqu, duplicad, duplicat, doppi, dubbel, duplikat, podwójn, zduplikow, çift, tekrar, дублир, дубл, повтор, 重复, 重複, 중복
connection: verbindung, verbind, connexion, conexi, conex, connession, verbinding, połącz, bağlantı, соединени, подключ, 连接, 接続, 연결
refused: verweiger, abgelehnt, refus, rechaz, recus, rifiut, geweiger, odrzuc, odmow, reddedil, отказ, отклон, 拒绝, 被拒, 拒否, 거부
certificate: zertifikat, certificat, certificad, certificaat, certyfikat, sertifika, сертификат, 证书, 証明書, 인증서
expired: abgelaufen, abläuft, läuft ab, expir, vencid, vence, caduc, scadut, scade, verlopen, wygas, süresi, истёк, истек, просроч, 过期, 到期, 期限切れ, 切れ, 만료
partition: partition, partici, particion, partiç, partiçõ, partizion, partitie, partycj, bölüm, партици, раздел, 分区, パーティション, 파티션
topic: topic, tópico, tópic, topico, топик, 主题, 话题, トピック, 토픽
group: gruppe, groupe, grupo, gruppo, groep, grupy, grupa, grupu, групп, 消费组, 消费者组, 组, グループ, 그룹
offset: offset, смещени, оффсет, офсет, 偏移量, 位移, 偏移, オフセット, 오프셋
reset: zurück, réinitialis, restablec, reinicializ, resetear, redefin, resetar, zerar, reimpost, terugzet, zresetow, sıfırla, сброс, 重置, リセット, 초기화, 리셋
rebalance: rééquilibr, rebalance, rebalanci, ребаланс, 再平衡, 重平衡, リバランス, 리밸런싱, 리밸런스
increase: erhöh, vergrößer, augment, aument, verhoog, vergroot, zwiększ, artır, увелич, 增加, 扩容, 扩大, 増や, 늘리
growing: wächst, steigt, wachsen, gewachsen, croît, grossit, crece, sube, creciendo, cresc, sobe, subindo, salendo, groeit, stijgt, rośnie, artıyor, büyüyor, растёт, растет, растут, 增长, 越来越高, 越来越大, 上涨, 増え, 늘어, 증가
high: hoch$, élevé, haut, alto, alta$, hoog, hoge, wysok, yüksek, высок, 很高, 过高, 太高, 高い, 高く, 높아, 높은, 높습
how many: wie viele, combien, cuánt, quantos, quantas, quanti, hoeveel, kaç, сколько, 多少, 几个, いくつ, 몇
user: benutzer, nutzer, anwender, utilisat, usuario, usuário, utent, gebruiker, użytkownik, kullanıcı, пользовател, 用户, ユーザ, 사용자
password: passwort, kennwort, mot de passe, contraseña, senha, wachtwoord, hasł, şifre, parola, парол, 密码, パスワード, 비밀번호
authentication failed: anmeldung fehlgeschlagen, authentifizierung fehlgeschlagen, échec d'authentification, falla de autenticación, falha de autenticação, 认证失败, 認証に失敗, 認証エラー, 인증 실패
authentication: anmeld, authentifi, autentic, autentif, authenticatie, uwierzyteln, аутентифи, авториз, 认证, 認証, 인증
permission: berechtigung, rechte, droits, permiso, permiss, permess, rechten, uprawn, yetki, права, доступ запрещ, 权限, 権限, 권한
backup: datensicherung, sicherung, sauvegard, respald, copia de seguridad, cópia de segurança, yedek, резервн, бэкап, бекап, 备份, バックアップ, 백업
restore: wiederherstell, restaur, ripristin, herstel, przywr, geri yükle, восстанов, 恢复, 还原, 復元, 복원, 복구
upgrade: aktualisier, mise à jour, mettre à jour, actualiz, atualiz, aggiorn, bijwerk, aktualiz, güncelle, обнов, 升级, アップグレード, 更新, 업그레이드
version: versión, versão, versione, wersj, sürüm, верси, 版本, バージョン, 버전
error: fehler, erreur, error, errores, erro, errore, fout, błąd, błęd, hata, ошибк, 错误, 报错, エラー, 오류, 에러
logs: logdatei, protokolle, journaux, registros, dziennik, günlük, логи, логов, журнал, 日志, ログ, 로그
network: netzwerk, réseau, rede$, rete$, netwerk, sieć, sieci, сеть, сети, 网络, ネットワーク, 네트워크
leader: anführer, líder, lider, лидер, 领导者, リーダ, 리더
cluster: кластер, 集群, クラスタ, 클러스터, küme, klaster, clúster
node: knoten, nœud, noeud, nodo, nodi, knooppunt, węz, düğüm, узел, узла, ноды, нода, 节点, ノード, 노드
replication: replik, réplic, répli, replic, реплик, 副本, 复制, レプリカ, レプリケーション, 複製, 복제, 레플리카
does not respond: antwortet nicht, reagiert nicht, ne répond, no responde, não responde, não está respondendo, non risponde, reageert niet, nie odpowiada, yanıt vermiyor, cevap vermiyor, не отвеча, 无响应, 没有响应, 没响应, 応答しない, 応答が, 응답하지, 응답 없, 응답이 없
respond: antwort, répond, respond, risponde, antwoord, odpowiada, отвеча, 响应, 応答, 응답
cannot connect: kann nicht verbinden, keine verbindung, impossible de se connecter, no puedo conectar, no se puede conectar, no conecta, não conecta, não consigo conect, non si connette, kan niet verbinden, bağlanamıyor, не подключ, не могу подключ, 连不上, 无法连接, 接続でき, 연결할 수 없, 연결이 안
unreachable: nicht erreichbar, unerreichbar, injoignable, inaccessible, inalcanzable, inaccesible, inacessível, irraggiungibil, onbereikbaar, nieosiągaln, niedostępn, ulaşılamıyor, erişilemiyor, недоступ, 不可达, 无法访问, 到達でき
crash: abgestürzt, absturz, stürzt, planté, plante, se cae, caído, caiu, caindo, gecrasht, çöktü, çöküyor, упал, падает, 崩溃, 宕机, 挂了, 挂掉, クラッシュ, 落ちた, 落ちる, 크래시, 다운, 죽었, 죽습
stuck: hängt, steckt fest, bloqu, coincé, atascad, colgad, travad, travou, bloccat, hangt, vastgelopen, zawies, takıl, завис, застря, 卡住, 卡死, 止ま, 固ま, 멈춤, 멈추, 멈췄
write: schreib, écri, escrib, escrev, gravar, scriv, schrijf, zapis, yaz, запись, записать, пишет, 写入, 書き込, 쓰기
read: lese, gelesen, liest, lire$, ler$, legge, lezen, odczyt, czyta, okuy, читать, чита, чтени, 读取, 消费不到, 読み, 읽기, 읽지
send: senden, gesendet, schick, envoy, envi, invi, verstu, wysył, wysła, gönder, отправ, 发送, 送信, 전송, 보내
too large: zu groß, trop gros, trop grand, demasiado grande, muito grande, troppo grande, te groot, za duż, çok büyük, слишком больш, 太大, 过大, 大きすぎ, 너무 큰
timeout: zeitüberschreitung, délai dépassé, délai d'attente, tiempo de espera, tempo esgotado, tempo limite, zaman aşımı, таймаут, тайм-аут, 超时, タイムアウト, 타임아웃
open files: offene dateien, fichiers ouverts, archivos abiertos, arquivos abertos, file aperti, bestanden open, otwartych plik, открытых файл, 打开的文件, 打开文件
data: daten, données, datos, dados, dati, gegevens, dane, danych, veri, данны, 数据, データ, 데이터
file: datei, dateien, fichier, archivo, arquivo, bestand, plik, dosya, файл, 文件, ファイル, 파일
damaged: beschädigt, kaputt, corromp, corrupto, corrompu, endommag, dañad, danificad, corrott, danneggi, beschadig, uszkodz, bozuk, bozul, поврежд, битый, 损坏, 破損, 壊れ, 손상, 깨졌
port: puerto, porta$, порт, 端口, ポート, 포트
metrics: metrik, métrique, métrica, metriche, metryk, метрик, 指标, メトリク, メトリック, 메트릭, 지표
alert: alarm, alerte, alerta, allarme, алерт, оповещ, 告警, 报警, 警报, アラート, 알림, 경고
silence: stummschalt, stumm, silenci, заглуш, 静默, 屏蔽告警
settings: einstellung, konfigur, paramètr, configur, ajustes, instelling, ustawie, ayar, настро, конфиг, 配置, 设置, 設定, 설정
change: änder, ändern, changer, modifi, cambi, alterar, mudar, wijzig, verander, zmien, zmian, değiş, измен, поменя, 修改, 更改, 変更, 변경
create: erstell, anleg, créer, crear, criar, creare, aanmaken, utwórz, utworz, stworz, oluştur, созда, 创建, 新建, 作成, 생성, 만들
add: hinzufüg, ajout, añad, agreg, adicion, aggiun, toevoeg, dodać, dodaj, ekle, добав, 添加, 追加, 추가
retention: aufbewahrung, rétention, retenci, retenç, bewaar, saklama, хранени, 保留, 保持期間, 보존
down: ausgefallen, offline, en panne, hors service, caíd, fora do ar, giù, nie działa, не работает, 停机, 不可用, ダウン
not: nicht$, kein, pas$, não$, non$, niet$, geen$, nie$, değil$, не$, 不, 没有, ない, ません, 않
`;

type KnownTerms = {
  english: ReadonlyMap<string, string>;
  /** Those that are meant as they stand. */
  whole: ReadonlySet<string>;
  /** The stems of the English terms. */
  ofEnglish: ReadonlySet<string>;
  finds: RegExp;
};

let known: KnownTerms | undefined;

/** Made when somebody first asks in another language. */
function terms(): KnownTerms {
  known ??= readTerms();
  return known;
}

function readTerms(): KnownTerms {
  const english = new Map<string, string>();
  const whole = new Set<string>();
  for (const line of FOREIGN_TERMS.trim().split("\n")) {
    const [term = "", beginnings = ""] = line.split(": ");
    for (const beginning of beginnings.split(", ")) {
      const said = beginning.replace("$", "");
      english.set(said, term);
      if (said !== beginning) whole.add(said);
    }
  }
  const longestFirst = [...english.keys()].toSorted((a, b) => b.length - a.length);
  const spaced = longestFirst
    .filter((beginning) => !UNSPACED.test(beginning))
    .map((beginning) => (whole.has(beginning) ? `${beginning}(?!\\p{L})` : beginning));
  const unspaced = longestFirst.filter((beginning) => UNSPACED.test(beginning));
  const word = `(?<![\\p{L}\\p{N}])(${spaced.join("|")})\\p{L}*`;
  const other = "[\\p{Script=Latin}\\p{N}][\\p{Script=Latin}\\p{N}_.-]*";
  const ofEnglish = new Set([...english.values()].flatMap((term) => term.split(" ").map(stem)));
  return {
    english,
    whole,
    ofEnglish,
    finds: new RegExp(`${word}|(${unspaced.join("|")})|${other}`, "giu"),
  };
}

/** Of scripts that put no space between words: a term stands anywhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** A piece of a text in another language, and its English where that is known. */
export type ForeignPiece = { said: string; english: string | undefined };

/** The terms of a text, with their English, and its other words, in their order. */
export function foreignPieces(text: string): ForeignPiece[] {
  const { english, finds } = terms();
  return Array.from(text.matchAll(finds), ([said, spaced, unspaced]) => {
    return { said, english: english.get((spaced ?? unspaced ?? "").toLowerCase()) };
  });
}

/** How many words begin a term of another language, and are none in English too, as "partition" is. */
export function foreignWords(words: readonly string[]): number {
  return words.filter(isForeign).length;
}

function isForeign(word: string): boolean {
  const { english, whole, ofEnglish } = terms();
  for (let length = word.length; length >= SHORTEST; length--) {
    const beginning = word.slice(0, length);
    if (!english.has(beginning) || (length < word.length && whole.has(beginning))) continue;
    return !ofEnglish.has(stem(word));
  }
  return false;
}

/** A shorter beginning tells nothing of the language. */
const SHORTEST = 3;
