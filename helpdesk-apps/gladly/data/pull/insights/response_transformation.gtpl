{{- /* One object for each profile. `since`, `at` and the like stay as they are: ISO 8601 in UTC. */ -}}
[
{{- $first := true }}
{{- range $account := .rawData.accounts }}
{{- range $profile := $account.profiles }}
{{- if not $first }},{{ end }}
{{- $first = false }}
{
  "id": {{ $profile.id | toJson }},
  "accountName": {{ $account.name | default $account.account | toJson }},
  "link": {{ $profile.link | toJson }},
  "asOf": {{ $profile.asOf | toJson }},
  "isStale": {{ $profile.isStale | toJson }},
  "consent": {{ $profile.consent | default (list) | toJson }},
  "suppressions": {{ $profile.suppressions | default (list) | toJson }},
  "inConversation": {{ $profile.inConversation | default (list) | toJson }},
  "lists": {{ $profile.lists | default (list) | toJson }},
  "segments": {{ $profile.segments | default (list) | toJson }},
  "messages": {{ $profile.messages | default (list) | toJson }},
  "conversations": {{ $profile.conversations | default (list) | toJson }},
  "missing": {{ $profile.missing | default (list) | toJson }}
}
{{- end }}
{{- end }}
]
