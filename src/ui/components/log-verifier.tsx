/** Checks a proof file in the browser (`browser/log-verify.ts`): nothing is sent anywhere. Without scripts: how to do it by command. */
export function LogVerifier({ verifier }: { verifier: string }) {
  return (
    <>
      <div class="log-verifier" data-log-verifier={verifier} hidden>
        <p>文件只在您自己的浏览器里计算，不会上传。</p>
        <p>
          <label for="log-proof">证明文件（页面“存证”处下载，扩展名 .tlog-proof）</label>
          <input id="log-proof" type="file" accept=".tlog-proof" />
        </p>
        <p>
          <label for="log-saved">当时保存的页面（“机器可读（JSON）”）或者附件原件</label>
          <input id="log-saved" type="file" />
        </p>
        <p>
          <label for="log-key">公钥（最好从另外的渠道取得）</label>
          <input
            id="log-key"
            class="input"
            type="text"
            value={verifier}
            autocomplete="off"
            spellcheck={false}
          />
        </p>
        <button type="button" class="button">
          核验
        </button>
        <div role="status" />
      </div>
      <p>也可以在自己的电脑上离线核验，只要证明文件、保存的 JSON 和公钥：</p>
      <p>
        <code class="break-words">./bin/mingtang verify 证明文件 --file 保存的JSON或附件 --key 公钥</code>
      </p>
    </>
  )
}
