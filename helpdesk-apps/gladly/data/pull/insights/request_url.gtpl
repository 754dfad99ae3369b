{{- if not .customer.id -}}{{- stop "Gladly gave no customer id." -}}{{- end -}}
https://{{.integration.configuration.relayHost}}/api/insights/{{.integration.configuration.connection}}/customers/{{urlquery .customer.id}}
