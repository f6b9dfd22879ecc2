<?xml version="1.0" encoding="UTF-8"?>
<!-- HALA 1 alive, 2 deceased; any other code is an error of the register and must not read as alive. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:civil="urn:wasl:civil:1">
  <xsl:template match="/">
    <civil:lifeStatus>
      <civil:status>
        <xsl:value-of select="(map { '1': 'ALIVE', '2': 'DECEASED' }(string(answer/rows/row[1]/HALA)),
            'CODE-' || answer/rows/row[1]/HALA)[1]"/>
      </civil:status>
    </civil:lifeStatus>
  </xsl:template>
</xsl:stylesheet>
