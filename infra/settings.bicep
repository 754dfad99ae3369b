// What the relay can be told: the options classes of KlaviyoRelay.Core in Bicep. A member's name is the end of the
// setting's name, as docs/settings.md lists it. The types are sealed: a name that is not here, or a value of another
// kind, stops `azd provision` before anything is changed, and not the relay when it starts.
// A test holds these types and the options classes equal.
// Members that end in Secret hold the NAME of a Key Vault secret. A secret itself is in no parameter.

@export()
@sealed()
@description('A Klaviyo account: Relay__Accounts__{account}__...')
type accountSettings = {
  PrivateKeySecret: string
  AuditKeySecret: string?
  PublicApiKey: string?
  RateShare: string?
  CampaignsEnabled: bool?
  CampaignsKeySecret: string?
}

@export()
@sealed()
@description('A helpdesk connection: Relay__Connections__{connection}__...')
type connectionSettings = {
  Helpdesk: 'gladly' | 'kustomer' | 'generic'
  Account: string
  Brands: brandsByName?
  CreateProfiles: bool?
  Emails: ('all' | 'primary' | 'verified')?
  ProfileProperty: string?
  Metrics__Opened: string?
  Metrics__Closed: string?
  Metrics__Reopened: string?
  Metrics__Rated: string?
  Metrics__Moved: string?
  Properties__ConversationId: string?
  Properties__ConversationLink: string?
  Properties__ConversationChannel: string?
  Properties__Subject: string?
  Properties__Rating: string?
  Properties__Score: string?
  Webhook__Kind: 'basic' | 'header' | 'hmac-sha256-hex' | 'hmac-sha256-base64' | 'hmac-sha256-timestamped' | 'hmac-sha1-hex' | 'standard-webhooks' | 'hmac-custom'
  Webhook__Username: string?
  Webhook__Header: string?
  Webhook__Secret: string
  Webhook__SecondSecret: string?
  Webhook__MaxConcurrency: int?
  Webhook__Signature__Algorithm: string?
  Webhook__Signature__Encoding: string?
  Webhook__Signature__Prefix: string?
  Webhook__Signature__SignedText: string?
  Webhook__Signature__TimeHeader: string?
  Webhook__Signature__Tolerance: string?
  Card__Secret: string?
  Card__SecondSecret: string?
  Card__RequestsPerMinute: int?
  Gladly__BaseAddress: string?
  Gladly__ApiUser: string?
  Gladly__ApiTokenSecret: string?
  Gladly__RequestsPerSecond: int?
  Kustomer__BaseAddress: string?
  Kustomer__ApiKeySecret: string?
  Kustomer__RequestsPerMinute: int?
  Kustomer__SharedEmails: bool?
  Kustomer__Spam: bool?
  Kustomer__Deleted: bool?
  Kustomer__Outbound: bool?
  Kustomer__CustomerFields: string?
  Kustomer__CustomerProperties: string?
  Kustomer__CustomerNulls: ('leave' | 'clear')?
  Kustomer__CustomerPhoneRegion: string?
  Generic__Preset: string?
  Generic__Name: string?
  Generic__Kind: string?
  Generic__Kinds__Opened: string?
  Generic__Kinds__Closed: string?
  Generic__Kinds__Reopened: string?
  Generic__Kinds__Rated: string?
  Generic__EventId: string?
  Generic__ConversationId: string?
  Generic__OccurredAt: string?
  Generic__Emails: string?
  Generic__EmailVerified: string?
  Generic__Phone: string?
  Generic__PhoneRegion: string?
  Generic__Subject: string?
  Generic__Channel: string?
  Generic__Link: string?
  Generic__Rating: string?
  Generic__Ratings: string?
  Generic__RatingIsEvent: bool?
  Generic__Brand: string?
  Generic__OpenConversations: string?
  Generic__Html: bool?
  Generic__Empty: string?
}

@export()
@sealed()
@description('A brand of a connection: Relay__Connections__{connection}__Brands__{brand}__...')
type brandSettings = {
  Ids: string
  Account: string
}

@export()
@sealed()
@description('A sync of rows: Relay__Syncs__{sync}__...')
type syncSettings = {
  Account: string
  Object: 'profiles' | 'lists' | 'events'
  Behaviour: ('upsert' | 'insert' | 'delete')?
  List: string?
  Secret: string?
  Key: string?
  PhoneRegion: string?
  PhoneRegionColumn: string?
  BadPhone: ('reject' | 'drop')?
  Nulls: ('leave' | 'clear')?
  CreateProfiles: bool?
  Fields__Email: string?
  Fields__PhoneNumber: string?
  Fields__ExternalId: string?
  Fields__FirstName: string?
  Fields__LastName: string?
  Fields__Organization: string?
  Fields__Locale: string?
  Fields__Title: string?
  Fields__Image: string?
  Fields__Address1: string?
  Fields__Address2: string?
  Fields__City: string?
  Fields__Region: string?
  Fields__Zip: string?
  Fields__Country: string?
  Fields__Latitude: string?
  Fields__Longitude: string?
  Fields__Timezone: string?
  Fields__Ip: string?
  ProfileProperties: string?
  Event__Name: string?
  Event__NameColumn: string?
  Event__TimeColumn: string?
  Event__ValueColumn: string?
  Event__CurrencyColumn: string?
  Event__Properties: string?
  Event__Backfill: bool?
  Sql__Query: string?
  Sql__ConnectionStringSecret: string?
  Sql__Schedule: string?
  Sql__Mode: ('full' | 'changed' | 'since')?
  Sql__SinceColumn: string?
  Sql__Overlap: string?
  Sql__NumberOverlap: int?
  Sql__OrderColumn: string?
  Sql__CommandTimeout: string?
  Sql__DeleteLeft: bool?
  Sql__AllowLargeDelete: bool?
}

@export()
@sealed()
@description('Settings of the whole relay, by their full names')
type relaySettings = {
  Klaviyo__BaseAddress: string?
  KustomerCard__Ancestors: string?
  KustomerCard__Sdk: string?
  OTEL_EXPORTER_OTLP_ENDPOINT: string?
  // The secret whose value is OTEL_EXPORTER_OTLP_HEADERS; the only member that is no setting of the relay.
  OtlpHeadersSecret: string?
  OTEL_EXPORTER_OTLP_PROTOCOL: string?
  OTEL_EXPORTER_OTLP_TIMEOUT: int?
  OTEL_RESOURCE_ATTRIBUTES: string?
  OTEL_SERVICE_NAME: string?
  OTEL_TRACES_SAMPLER_ARG: string?
  RecoverSchedule: string?
  // Retired: the relay ignores it with a warning, so a deployment that still has it must not stop.
  Redrive__Reasons: string?
  Relay__Campaigns__Doubt: string?
  // maximumInstanceCount, unless it is said here.
  Relay__Insights__Instances: int?
  Relay__Insights__Links__Profile: string?
  Relay__Insights__Links__List: string?
  Relay__Insights__Links__Segment: string?
  Relay__Insights__Links__Campaign: string?
  Relay__Insights__Links__Flow: string?
  Relay__Records__StuckAfter: string?
  Relay__Delivery__BulkThreshold: int?
  Relay__Delivery__BatchBudget: string?
  Relay__DeadLetters__Hold: string?
  Relay__DeadLetters__GiveUpAfter: string?
  Relay__State__KeySecret: string?
  Relay__WriteVersion: int?
}

@export()
type accountsByName = {
  *: accountSettings
}

@export()
type brandsByName = {
  *: brandSettings
}

@export()
type connectionsByName = {
  *: connectionSettings
}

@export()
type syncsByName = {
  *: syncSettings
}
