{{- define "bot.labels" -}}
app.kubernetes.io/name: streamline-incident-bot
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end -}}
{{- define "bot.selector" -}}
app.kubernetes.io/name: streamline-incident-bot
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
{{- define "bot.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}
