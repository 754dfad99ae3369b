// main.parameters.json as a subscription that does not exist would get it: example.snapshot.json says what that makes.
using 'main.bicep'

var example = loadJsonContent('main.parameters.json').parameters

param environmentName = 'example'
param location = 'eastus'
param principalId = '00000000-0000-0000-0000-000000000001'
param alertEmail = 'team@example.com'
param accounts = example.accounts.value
param connections = example.connections.value
// One optional thing of each kind, so that the snapshot has it.
param settings = {
  OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otlp.example.com'
  OtlpHeadersSecret: 'otlp-headers'
}
param syncs = {
  leads: {
    Account: 'main'
    Object: 'profiles'
    Secret: 'rows-secret'
    Fields__Email: 'email'
  }
}
