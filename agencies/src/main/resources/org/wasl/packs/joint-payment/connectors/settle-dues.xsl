<?xml version="1.0" encoding="UTF-8"?>
<!-- Owned by the property tax directorate: what its SOAP service says of a payment, as a settlement. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:payment="urn:wasl:payment:1" exclude-result-prefixes="xs">
  <xsl:template match="/">
    <xsl:for-each select="//settlement">
      <payment:settlement synthetic="true">
        <payment:id><xsl:value-of select="settlementId"/></payment:id>
        <payment:outcome><xsl:value-of select="outcome"/></payment:outcome>
        <xsl:if test="reason">
          <payment:reason><xsl:value-of select="reason"/></payment:reason>
        </xsl:if>
        <payment:amount currency="JOD"><xsl:value-of select="format-number(xs:decimal(amount), '0.000')"/></payment:amount>
        <xsl:if test="receiptNo">
          <payment:receipt><xsl:value-of select="receiptNo"/></payment:receipt>
        </xsl:if>
        <payment:at><xsl:value-of select="at"/></payment:at>
      </payment:settlement>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
