// Everything that the relay needs on Azure, for `azd up` (docs/deploy.md).
targetScope = 'subscription'

import { accountsByName, connectionsByName, relaySettings, syncsByName } from 'settings.bicep'

@minLength(1)
@maxLength(64)
@description('The azd environment; every resource carries its name in the tag azd-env-name.')
param environmentName string

@minLength(1)
@description('The region of every resource. It has to offer Flex Consumption: az functionapp list-flexconsumption-locations')
@metadata({
  azd: {
    type: 'location'
  }
})
param location string

@description('Object id of the person who deploys and who may then put secrets into the vault. Empty, or a pipeline: nobody gets that role.')
param principalId string = ''

@description('What principalId is; ServicePrincipal in a pipeline.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param principalType string = 'User'

@description('Klaviyo accounts by name.')
param accounts accountsByName

@description('Helpdesk connections by name; the name is the last part of the webhook address.')
param connections connectionsByName

@description('Syncs of rows by name; the name is the last part of the address that takes their rows.')
param syncs syncsByName = {}

@description('Settings that differ from their defaults.')
param settings relaySettings = {}

@description('Who gets the alerts by email. Empty: alerts show in the portal only.')
param alertEmail string = ''

@description('After how many hours without an accepted webhook an alert is raised. Shops that are quiet at night or on weekends need more.')
@minValue(1)
@maxValue(48)
param quietHours int = 24

@description('The memory of an instance in MB: 512 has a quarter of a core, 2048 one, 4096 two. What instances cost is in proportion to it. A region or subscription that refuses 512 (github.com/Azure/azure-rest-api-specs/issues/40898) stops the deployment of the app: set 2048 there.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 512

@description('Whether instances and storage are spread over the zones of the region, so that the loss of one stops nothing. Choose before the first deployment: the storage account keeps the kind that it was made with. The region has to offer it: az functionapp list-flexconsumption-locations --zone-redundant=true. At least 2 instances of each warm group then run, and are paid.')
param zoneRedundant bool = false

@description('Instances that are kept warm for webhooks. With 512 MB each costs about 5.30 USD a month (0.5 GB x 2,628,000 s x 0.000004 USD per GB-s). 0 saves it, and some webhooks then wait seconds for a cold start; helpdesks send them again.')
@minValue(0)
param alwaysReadyHttp int = 1

@description('Instances that are kept warm for RelayConversationEvents. Each costs as above. 0 saves it, and an event can then wait up to 2 minutes until an instance starts.')
@minValue(0)
param alwaysReadyRelay int = 1

@description('The most instances on demand, for each group of functions. More than Klaviyo accounts + 1 are of use to webhooks only: an account is relayed by one instance at a time.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('A day on which more GB than this are logged loses the rest of its telemetry, not the relay. The alert telemetry-cut-off tells of it. Each GB above 5 a month costs about 2.30 USD.')
@minValue(1)
param dailyQuotaGb int = 5

@description('default, or recover to bring back a vault of this environment that was deleted: its name stays taken for 90 days.')
@allowed(['default', 'recover'])
param vaultCreateMode string = 'default'

var tags = {
  'azd-env-name': environmentName
}

// The names become parts of settings' names, and a connection's of its webhook address: [a-z0-9_]{1,32}, or the relay
// does not start. `split` takes away what is allowed. A name that is not stops the deployment before it has made anything.
var nameCharacters = map(range(0, 37), index => substring('abcdefghijklmnopqrstuvwxyz0123456789_', index, 1))
var names = concat(
  objectKeys(accounts),
  objectKeys(connections),
  objectKeys(syncs),
  flatten(map(items(connections), connection => objectKeys(connection.value.?Brands ?? {})))
)
var wrongNames = filter(names, name => length(name) > 32 || !empty(join(split(name, nameCharacters), '')) || empty(name))

var token = toLower(uniqueString(subscription().id, environmentName, location))

resource relayGroup 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: empty(wrongNames)
    ? 'rg-${environmentName}'
    : fail('Names of accounts, connections, syncs and brands are 1 to 32 of a-z, 0-9 and _. These are not: ${join(wrongNames, ', ')}')
  location: location
  tags: tags
}

module identity 'identity.bicep' = {
  name: 'identity'
  scope: relayGroup
  params: {
    location: location
    tags: tags
    token: token
  }
}

module monitoring 'monitoring.bicep' = {
  name: 'monitoring'
  scope: relayGroup
  params: {
    location: location
    tags: tags
    token: token
    alertEmail: alertEmail
    dailyQuotaGb: dailyQuotaGb
  }
}

module storage 'storage.bicep' = {
  name: 'storage'
  scope: relayGroup
  params: {
    location: location
    tags: tags
    token: token
    zoneRedundant: zoneRedundant
    workspaceId: monitoring.outputs.workspaceId
  }
}

module serviceBus 'service-bus.bicep' = {
  name: 'service-bus'
  scope: relayGroup
  params: {
    location: location
    tags: tags
    token: token
    workspaceId: monitoring.outputs.workspaceId
  }
}

module keyVault 'key-vault.bicep' = {
  name: 'key-vault'
  scope: relayGroup
  params: {
    location: location
    tags: tags
    token: token
    createMode: vaultCreateMode
    workspaceId: monitoring.outputs.workspaceId
  }
}

module access 'access.bicep' = {
  name: 'access'
  scope: relayGroup
  params: {
    appPrincipalId: identity.outputs.principalId
    deployerPrincipalId: principalId
    deployerPrincipalType: principalType
    storageName: storage.outputs.name
    serviceBusName: serviceBus.outputs.name
    queueNames: serviceBus.outputs.queueNames
    keyVaultName: keyVault.outputs.name
    applicationInsightsName: monitoring.outputs.applicationInsightsName
  }
}

module functionApp 'function-app.bicep' = {
  name: 'function-app'
  scope: relayGroup
  params: {
    location: location
    tags: tags
    token: token
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    applicationInsightsConnectionString: monitoring.outputs.applicationInsightsConnectionString
    blobEndpoint: storage.outputs.blobEndpoint
    tableEndpoint: storage.outputs.tableEndpoint
    packageContainerUrl: storage.outputs.packageContainerUrl
    serviceBusHost: serviceBus.outputs.host
    keyVaultUri: keyVault.outputs.uri
    accounts: accounts
    connections: connections
    settings: settings
    syncs: syncs
    instanceMemoryMB: instanceMemoryMB
    zoneRedundant: zoneRedundant
    alwaysReadyHttp: alwaysReadyHttp
    alwaysReadyRelay: alwaysReadyRelay
    maximumInstanceCount: maximumInstanceCount
  }
  // The host reads its storage when it starts.
  dependsOn: [access]
}

module alerts 'alerts.bicep' = {
  name: 'alerts'
  scope: relayGroup
  params: {
    location: location
    tags: tags
    actionGroupId: monitoring.outputs.actionGroupId
    applicationInsightsId: monitoring.outputs.applicationInsightsId
    workspaceId: monitoring.outputs.workspaceId
    serviceBusId: serviceBus.outputs.id
    keyVaultId: keyVault.outputs.id
    connectionNames: map(items(connections), connection => connection.key)
    syncNames: objectKeys(syncs)
    quietHours: quietHours
  }
}

module workbook 'workbook.bicep' = {
  name: 'workbook'
  scope: relayGroup
  params: {
    location: location
    tags: tags
    token: token
    applicationInsightsId: monitoring.outputs.applicationInsightsId
    serviceBusId: serviceBus.outputs.id
  }
}

// azd keeps outputs as values of its environment; scripts/azd-postprovision reads them. Lists are separated by blanks,
// and a connection is name:helpdesk:webhook secret:user name.
output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = relayGroup.name
output AZURE_FUNCTION_NAME string = functionApp.outputs.name
output RELAY_ADDRESS string = functionApp.outputs.address
output RELAY_CONNECTIONS string = join(map(items(connections), connection => '${connection.key}:${connection.value.Helpdesk}:${connection.value.Webhook__Secret}:${connection.value.?Webhook__Username ?? ''}'), ' ')
output RELAY_SECRETS string = join(functionApp.outputs.secretNames, ' ')
output RELAY_RECORD_KEY string = settings.?Relay__State__KeySecret ?? 'conversationRecordKey'
output KEY_VAULT_NAME string = keyVault.outputs.name
output SERVICE_BUS_NAME string = serviceBus.outputs.name
