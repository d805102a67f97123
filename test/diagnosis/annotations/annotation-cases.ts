/** Templates with the value of the result they are rendered for, by what they try. */

export interface AnnotationCase {
  readonly template: string;
  /** As a sample of promtool's notation. */
  readonly value: string;
}

const VALUES = [
  "0",
  "1",
  "-1",
  "0.5",
  "0.000012345",
  "0.0999999",
  "1234.5",
  "999.96",
  "1023",
  "1024",
  "123456789",
  "1e21",
  "1e20",
  "-0.02",
  "3600",
  "86399.9",
  "59.99",
  "61",
  "-7322.4",
  "1.7e9",
  "1700000000.25",
  "2.5e-7",
  "0.1",
  "Inf",
  "-Inf",
  "NaN",
];

const FUNCTIONS = ["humanize", "humanize1024", "humanizeDuration", "humanizePercentage"];

const byValue: AnnotationCase[] = VALUES.flatMap((value) => [
  { template: "{{ $value }} {{ .Value }}", value },
  {
    template: "{{ gt $value 1.0 }} {{ ge $value 1.0 }} {{ lt $value 1.0 }} {{ le $value 1.0 }}",
    value,
  },
  ...FUNCTIONS.map((name) => ({ template: `{{ $value | ${name} }}`, value })),
  {
    template:
      '{{ printf "%.2f|%6.1f|%-8.3g|%e|%g|%v|%+.1f|%08.2f|%s|%d|% f|%+ 9.1f|%+v|% v" $value $value $value $value $value $value $value $value $value $value $value $value $value $value }}',
    value,
  },
]);

const TIMES = ["0", "1.7e9", "1700000000.25", "-1", "1e9"].map((value) => ({
  template: "{{ $value | humanizeTimestamp }}",
  value,
}));

const NOT_FINITE = ["NaN", "Inf", "-Inf"].flatMap((value) =>
  [...FUNCTIONS, "humanizeTimestamp"].map((name) => ({
    template: `{{ ${value === "NaN" ? '"NaN"' : value === "Inf" ? '"+Inf"' : '"-Inf"'} | ${name} }}`,
    value: "1",
  })),
);

const TEXTS = [
  "no template at all",
  "of {{ $labels.topic }} on {{ $labels.instance }}",
  '{{ $labels.nothing }}|{{ .Labels.topic }}|{{ $externalLabels.x }}|{{ index $labels "topic" }}',
  '{{ $labels.topic | toUpper }} {{ $labels.topic | title }} {{ "ABC d" | toLower }}',
  '{{ "a b-c d_e it\'s" | title }}',
  '{{ $labels.instance | stripPort }} {{ $labels.instance | stripDomain }} {{ "10.0.0.1:80" | stripDomain }} {{ "a.b.c" | stripDomain }} {{ "10.1.2.255" | stripDomain }} {{ "001.2.3.4" | stripDomain }} {{ "1.2.3.256:80" | stripDomain }} {{ "1.2.3.4.5" | stripDomain }} {{ "[::1]:80" | stripPort }}',
  '{{ reReplaceAll "a(?P<k>b)?" "[$1 $k $$]" "xaby a" }}|{{ reReplaceAll "a" "x$9y" "cat" }}',
  '{{ reReplaceAll "(.*):(.*)" "$2 on $1" $labels.instance }}',
  '{{ reReplaceAll "a*" "x" "baac" }}|{{ reReplaceAll "" "-" "abc" }}|{{ reReplaceAll "b*" "-" "ab" }}',
  '{{ if match "^broker-" $labels.instance }}broker{{ else }}other{{ end }}',
  '{{ if $labels.nothing }}a{{ else if eq $labels.topic "orders" }}b{{ else }}c{{ end }}',
  "{{ with $labels.topic }}topic {{ . }} in {{ $labels.path }}{{ end }}{{ with $labels.nothing }}x{{ else }}none{{ end }}",
  "{{ range $name, $text := $labels }}{{ $name }}={{ $text }};{{ end }}",
  "{{ range $labels }}[{{ . }}]{{ end }}{{ range $externalLabels }}x{{ else }}empty{{ end }}",
  '{{ range $i, $x := args 1 2.5 "c" }}{{ $i }}:{{ $x }} {{ end }}',
  '{{ range $name, $text := $labels }}{{ if eq $name "instance" }}{{ continue }}{{ end }}{{ if eq $name "topic" }}{{ break }}{{ end }}{{ $name }} {{ end }}',
  "{{ $x := 3 }}{{ $x }}{{ if true }}{{ $x = 4 }}{{ $y := 5 }}{{ $y }}{{ end }}{{ $x }}",
  '{{ define "t" }}<{{ .arg0 }} {{ .arg1 | humanize }}>{{ end }}{{ template "t" (args $labels.topic $value) }}',
  "a  {{- 1 -}}  b {{/* a remark with }} in it */}} c {{- /* another */ -}} d",
  '{{ "quo\\"ted\\n\\t\\u00e9" }} {{ `raw \\n` }} {{ \'a\' }}',
  "{{ 1 }} {{ -2 }} {{ 0x1F }} {{ 1.5e3 }} {{ 1_000 }} {{ true }} {{ .Labels.topic | len }} {{ len $labels }}",
  '{{ and 1 0 }} {{ or 0 "x" }} {{ not 1 }} {{ and $labels.topic $labels.path }}',
  '{{ eq 1 2 1 }} {{ ne "a" "b" }} {{ lt 1.5 2.5 }} {{ ge "b" "a" }} {{ le 3 3 }} {{ gt $value 0.5 }}',
  '{{ print 1 2 "a" "b" 3 4 }}|{{ println 1 "a" }}|{{ print $labels.topic $value }}',
  '{{ printf "%s is %q, %5s|%-5s|%05d|%x|%X|%t|%v|%%|%3c" $labels.topic $labels.path "ab" "ab" 42 255 "hi" true nil }}',
  '{{ printf "%d %s %f" "a" 1 2 }}|{{ printf "%d" }}|{{ printf "%d" 1 2 }}|{{ printf "%.1f%%" $value }}',
  '{{ printf "%.3s|%.0f|%.0f|%6.2f|%+d|% d" "abcdef" 2.5 3.5 3.14159 7 8 }}',
  '{{ html "<a href=\'x\'>" }} {{ urlquery "a b&c" }} {{ "<b>" | safeHtml }}',
  '{{ (printf "%s" $labels.topic) | toUpper | printf "%s!" }}',
  '{{ slice "abcdef" 1 3 }} {{ slice "abc" 1 }} {{ parseDuration "1h30m" }} {{ parseDuration "1d" | humanizeDuration }}',
  "{{ $labels }}",
  '{{ printf "%6d|%-7d|%+d|%.2f|%8.3f|%5.1f|%-8s|" $value 1.5 2.5 3 "text" true $value }}',
  '{{ printf "%d %s %v" nil nil 1 }}|{{ printf "%%" nil }}|{{ printf "%c%q%U" 65 66 67 }}',
  '{{ printf "%#x|%#o|%O|%#b|%#X|%q|%#v|%.2v|%#x" 255 8 8 5 255 "a\t\x01\u200b" "text" "text" "abc" }}',
  '{{ printf "%[2]s is %[1]v, %[2]s" $value $labels.topic }}|{{ printf "%[3]d" 1 2 }}',
  '{{ graphLink "up == 0" }} {{ tableLink "sum(rate(a{b=\'c\'}[5m]))" }}',
  `{{ js "it's <b> & \\"x\\" = \\\\" }} {{ urlquery "it's (a)*!" }}`,
  '{{ toUpper "straße ł" }} {{ toLower "ÅNG" }} {{ title "łódź élan straße" }} {{ 017 }}',
  '{{ humanize "12345" }} {{ humanize 12345 }} {{ humanize1024 1048576 }} {{ humanizeDuration 90 }}',
  "{{ with $x := $labels.topic }}{{ $x }}{{ end }}{{ if $y := 0 }}a{{ else }}b{{ end }}",
  '{{ printf "%*d|%.*f|%-*s|%*d|" 5 1 2 3.14159 4 "a" -3 7 }} {{ 0b11 }} {{ 0o17 }} {{ . }}',
  '{{ range $i, $x := args 1 2 }}{{ if eq $i "arg1" }}{{ break }}{{ end }}{{ $x }}{{ end }}',
  '{{ printf "%x|%X|%.3x|%b|%x|%x" $value 0.1 3.14159 7.5 0.0 -5e-324 }} {{ 0x1.8p3 }} {{ 0X_1p-2 }} {{ 0x.8p1 }}',
  '{{ printf "%d|%q|%5s|%#v|%+v" $labels $labels $labels $labels $labels }}',
  '{{ printf "%#g|%#.3g|%#f|%#x|%+#e|%#v|%#012t" $value 1e21 2.0 2.0 5.0 3.0 1e21 }}|{{ printf "%T|%9T|%T" $value "a" nil }}',
  '{{ printf "%.2x|% x|%# X|%+q|%#q|%#q|%5q|%#U|%+.3d|%.0d|%08.3d" "abc" "abc" "abc" "é" "a`b" "ab" 65 8364 7 0 -5 }}',
  '{{ printf "%[2]*[1]d|%[1]d %d|%[x]d|%[9]d|%.[1]*f" 5 8 }}|{{ printf "%*d" "a" 1 }}|{{ printf "%w %p %z" 1 2 }}|{{ printf "5%" }}',
  '{{ printf "%T %T|%d|%#v|%5s" (safeHtml "x") (slice (safeHtml "abc") 1) (safeHtml "y") (safeHtml "z") (safeHtml "w") }}|{{ print (safeHtml "a") 1 (safeHtml "b") }}',
  '{{ eq (safeHtml "x") "x" }} {{ lt "a" (safeHtml "b") }} {{ len (safeHtml "é") }} {{ index (safeHtml "ab") 1 }} {{ if safeHtml "" }}a{{ else }}b{{ end }} {{ html (safeHtml "<b>") }}',
  "{{ 1i }} {{ -1.5-2.5i }} {{ 1e+2+3e-1i }} {{ .5i }} {{ 1.i }} {{ 08i }} {{ 1_0i }} {{ if 0i }}a{{ else }}b{{ end }} {{ eq 1+2i 1+2i }} {{ ne 1i 2i }} {{ print 1i 2i }}",
  '{{ printf "%8.2f|%e|%+v|%#v|%x|%6v|%-8v|%08.1f|% v|%d|%T" 1+2i 1-2i 1+2i 1+2i 1+2i 1+2i 1+2i 1+2i 1+2i 1i 2i }}',
  '{{ $value | }} {{ ($labels.topic | title | ) }} {{ if $value | }}a{{ end }}{{ $x := 1 | }}{{ $x }}{{ template "t" . | }}{{ define "t" }}b{{ end }}',
  '{{ block "b" $labels.topic }}block of {{ . }}{{ end }}',
  '{{ $labels.topic }}{{ "}}" }}{{ `{{` }}',
  '{{ printf "%.1f|%e|%g|%v|%x|%6.0f|%06.1f" -0.0 -0.0 -0.0 -0.0 -0.0 -0.0 -0.0 }}',
  '{{ humanizeDuration -0.0 }} {{ "1_000" | humanize }} {{ slice "日本" 3 }} {{ "İI" | toLower }}',
  '{{ and "a" nil }}|{{ and nil "a" }}|{{ or nil nil }}|{{ or "" "a" }}|{{ print (and 1 nil) }}',
  '{{ printf "%.*f|%*.[1]*f|%.*d" -2 1.5 -3 }}|{{ printf "%T" (args 1) }}|{{ index (args 1) "no" }}',
  "{{if gt $value 10.0}}many{{else}}few{{end}} {{ if and (gt $value 0.0) (lt $value 2.0) }}one or so{{ end }}",
  '{{ or 1 (humanize "x") }}|{{ and 0 (len 5) }}|{{ 0 | or "" }}|{{ if or (eq $labels.topic "orders") (gt $value 1) }}y{{ end }}',
  '{{ index "ab" 1 }}|{{ html nil }}|{{ js 1 nil 2 }}|{{ urlquery nil }}|{{ title "日本 é😀a-b a—b" }}',
  "{{ range $x, $labels }}{{ $x }},{{ end }}|{{ $x := 1 }}{{ range $x = args 2 3 }}{{ end }}{{ $x }}",
  String.raw`{{ "\x41\101\xc3\xa9\U0001F600\a" }}{{ '\x41' }}{{ '\'' }}{{ '\u00e9' }}|{{ ($y := "a") }}`,
  '{{ printf "%[d|%5.[F|%-*.1s|" 1 2 1000000 "" | len }}|{{ printf "%T" . }}',
  "a\u00a0 {{- 1 -}} \u00a0b\u2003{{- 2 }}",
  '{{ with toTime 1435065584.128 }}{{ .Format "Mon Jan _2 15:04:05.000 2006 MST" }}|{{ .Format "Monday, 02-January-06 3:04:05PM Z07:00 -0700 002" }}|{{ .Unix }} {{ .Year }} {{ .Weekday }} {{ .Month }} {{ .YearDay }}{{ end }}',
  '{{ (toTime "1700000000.5").Format "2006-01-02T15:04:05.999Z07:00" }} {{ (1700000000 | toTime).Format "1/2/06 3:4:5 pm .99x" }} {{ (toTime 0).UTC.UnixMilli }}',
  '{{ printf "%v|%s|%q|%T" (toTime 5.25) (toTime -5) (toTime 0) (toTime 0) }} {{ print (toTime 1) (toTime 2) 3 }}',
  '{{ define "t" }}{{ .x }}{{ .x.y }}{{ end }}{{ template "t" }}',
].map((template) => ({ template, value: "1" }));

export const ANNOTATION_CASES: readonly AnnotationCase[] = [
  ...byValue,
  ...TIMES,
  ...NOT_FINITE,
  ...TEXTS,
];
