<?xml version="1.0" encoding="UTF-8"?>
<!-- What an agency's REST service says of a payment, as a settlement. Money comes as whole fils. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:j="http://www.w3.org/2005/xpath-functions"
    xmlns:payment="urn:wasl:payment:1" exclude-result-prefixes="xs j">
  <xsl:template match="/j:map">
    <payment:settlement synthetic="true">
      <payment:id><xsl:value-of select="j:string[@key = 'settlementId']"/></payment:id>
      <payment:outcome><xsl:value-of select="j:string[@key = 'outcome']"/></payment:outcome>
      <xsl:if test="j:string[@key = 'reason']">
        <payment:reason><xsl:value-of select="j:string[@key = 'reason']"/></payment:reason>
      </xsl:if>
      <payment:amount currency="JOD">
        <xsl:value-of select="format-number(xs:decimal(j:number[@key = 'amountFils']) div 1000, '0.000')"/>
      </payment:amount>
      <xsl:if test="j:string[@key = 'receiptNo']">
        <payment:receipt><xsl:value-of select="j:string[@key = 'receiptNo']"/></payment:receipt>
      </xsl:if>
      <payment:at><xsl:value-of select="j:string[@key = 'at']"/></payment:at>
    </payment:settlement>
  </xsl:template>
</xsl:stylesheet>
