// The workbook of docs/telemetry.md: what workbook.json shows is held against the names in the code by a test.
param location string
param tags object
param token string
param applicationInsightsId string
param serviceBusId string

var definition = replace(
  replace(loadTextContent('workbook.json'), '__APPLICATION_INSIGHTS__', applicationInsightsId),
  '__SERVICE_BUS__',
  serviceBusId
)

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  // A workbook's name must be a GUID.
  name: guid(applicationInsightsId, 'klaviyo-relay', token)
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Klaviyo relay'
    category: 'workbook'
    sourceId: applicationInsightsId
    serializedData: definition
  }
}

output id string = workbook.id
