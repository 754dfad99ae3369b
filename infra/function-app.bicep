// The function app on Flex Consumption, with every setting it has.
import { accountsByName, connectionsByName, relaySettings, syncsByName } from 'settings.bicep'

param location string
param tags object
param token string
param identityId string
param identityClientId string
param applicationInsightsConnectionString string
param blobEndpoint string
param tableEndpoint string
param packageContainerUrl string
param serviceBusHost string
param keyVaultUri string
param accounts accountsByName
param connections connectionsByName
param settings relaySettings
param syncs syncsByName
@allowed([512, 2048, 4096])
param instanceMemoryMB int

param zoneRedundant bool
param alwaysReadyHttp int
param alwaysReadyRelay int
param maximumInstanceCount int

// What the host and the relay must know to reach the rest, without a key.
var hostSettings = {
  AzureWebJobsStorage__blobServiceUri: blobEndpoint
  AzureWebJobsStorage__tableServiceUri: tableEndpoint
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  ServiceBusConnection__fullyQualifiedNamespace: serviceBusHost
  ServiceBusConnection__credential: 'managedidentity'
  ServiceBusConnection__clientId: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  // Every trace is kept unless the parameter `settings` says otherwise, in the host and in the worker: without these two
  // the host keeps five a second.
  OTEL_TRACES_SAMPLER: 'microsoft.fixed_percentage'
  OTEL_TRACES_SAMPLER_ARG: '1.0'
  // What the exporter would add to the bill: a row for each request to Application Insights, and for the host's processor,
  // memory and durations each minute, which Azure measures anyway.
  OTEL_DOTNET_AZURE_MONITOR_ENABLE_RESOURCE_METRICS: 'false'
  AzureMonitorExporter__EnablePerformanceCounters: 'false'
  AzureMonitorExporter__EnableStandardMetrics: 'false'
  AZURE_CLIENT_ID: identityClientId
  KeyVault__Uri: keyVaultUri
  // A trigger's setting has no default in code.
  RecoverSchedule: '0 */15 * * * *'
  // Each instance takes its part of the cards' share of Klaviyo's limits.
  Relay__Insights__Instances: string(maximumInstanceCount)
}

var accountSettings = flatten(map(
  items(accounts),
  account => map(items(account.value), setting => {
    name: 'Relay__Accounts__${account.key}__${setting.key}'
    value: string(setting.?value)
  })
))

var connectionSettings = flatten(map(
  items(connections),
  connection => map(filter(items(connection.value), setting => setting.key != 'Brands'), setting => {
    name: 'Relay__Connections__${connection.key}__${setting.key}'
    value: string(setting.value)
  })
))

var brandSettings = flatten(flatten(map(
  items(connections),
  connection => map(items(connection.value.?Brands ?? {}), brand => map(items(brand.value), setting => {
    name: 'Relay__Connections__${connection.key}__Brands__${brand.key}__${setting.key}'
    value: string(setting.value)
  }))
)))

var syncSettings = flatten(map(
  items(syncs),
  sync => map(items(sync.value), setting => {
    name: 'Relay__Syncs__${sync.key}__${setting.key}'
    value: string(setting.value)
  })
))

var relaySettingsByName = map(items(settings), setting => {
  name: setting.key
  value: string(setting.value)
})

var ownSettings = concat(accountSettings, connectionSettings, brandSettings, syncSettings, relaySettingsByName)

// What the settings whose names end in Secret name: the secrets that the vault has to hold.
var secretNames = union(
  map(filter(ownSettings, setting => endsWith(setting.name, 'Secret') && !empty(setting.value)), setting => setting.value),
  []
)

// The headers of the OTLP endpoint mostly hold a key: the app's setting is a reference to the secret, never its text.
var otlpHeaders = empty(settings.?OtlpHeadersSecret)
  ? {}
  : {
      OTEL_EXPORTER_OTLP_HEADERS: '@Microsoft.KeyVault(SecretUri=${keyVaultUri}secrets/${settings.?OtlpHeadersSecret})'
    }

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: 'plan-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: 'func-${token}'
  location: location
  // azd finds the app of azure.yaml's service `relay` by this tag.
  tags: union(tags, { 'azd-service-name': 'relay' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    siteConfig: {
      minTlsVersion: '1.2'
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstanceCount
        instanceMemoryMB: instanceMemoryMB
        // All HTTP functions are one group; every other function is a group of its own.
        alwaysReady: filter(
          [
            {
              name: 'http'
              instanceCount: alwaysReadyHttp
            }
            {
              name: 'function:RelayConversationEvents'
              instanceCount: alwaysReadyRelay
            }
          ],
          group => group.instanceCount > 0
        )
      }
    }
  }
}

resource appSettings 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: app
  name: 'appsettings'
  properties: union(
    hostSettings,
    otlpHeaders,
    toObject(filter(ownSettings, setting => setting.name != 'OtlpHeadersSecret'), setting => setting.name, setting => setting.value)
  )
}

// Deployment signs in with Entra ID; a user name and a password are of no use to anybody.
resource noDeploymentPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'scm'
  properties: {
    allow: false
  }
}

resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'ftp'
  properties: {
    allow: false
  }
}

output name string = app.name
output address string = 'https://${app.properties.defaultHostName}'
output secretNames string[] = secretNames
