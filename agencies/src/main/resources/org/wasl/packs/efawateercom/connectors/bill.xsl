<?xml version="1.0" encoding="UTF-8"?>
<!-- Owned by the bill presentment: its JSON as payment records. Money comes as whole fils. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:j="http://www.w3.org/2005/xpath-functions"
    xmlns:payment="urn:wasl:payment:1" exclude-result-prefixes="xs j">
  <xsl:template match="/j:map">
    <payment:bill synthetic="true">
      <payment:biller><xsl:value-of select="j:string[@key = 'biller']"/></payment:biller>
      <payment:number><xsl:value-of select="j:string[@key = 'number']"/></payment:number>
      <payment:amount currency="JOD">
        <xsl:value-of select="format-number(xs:decimal(j:number[@key = 'amountFils']) div 1000, '0.000')"/>
      </payment:amount>
      <payment:status><xsl:value-of select="j:string[@key = 'status']"/></payment:status>
    </payment:bill>
  </xsl:template>
</xsl:stylesheet>
