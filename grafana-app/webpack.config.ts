import { resolve } from 'node:path';
import CopyWebpackPlugin from 'copy-webpack-plugin';
import type { Configuration } from 'webpack';
import { CustomizeRule, mergeWithRules } from 'webpack-merge';
import grafanaConfig, { type Env } from './.config/webpack/webpack.config.ts';

const mergeIntoRule = mergeWithRules({
  module: { rules: { test: CustomizeRule.Match, exclude: CustomizeRule.Match, use: CustomizeRule.Merge } },
});

/**
 * create-plugin's build, plus the images of nested panels, which it does not copy, the dashboards, and JSX without `import React`: without
 * that the build is clean and every page fails with "React is not defined".
 */
const config = async (env: Env): Promise<Configuration> =>
  mergeIntoRule(await grafanaConfig(env), {
    module: {
      rules: [
        {
          test: /\.[tj]sx?$/,
          exclude: /(node_modules)/,
          use: { options: { jsc: { transform: { react: { runtime: 'automatic' } } } } },
        },
      ],
    },
    plugins: [
      new CopyWebpackPlugin({
        patterns: [
          { from: 'panels/*/img/**', to: '.' },
          { from: resolve(import.meta.dirname, '../provisioning/dashboards/*.json'), to: 'dashboards/[name][ext]' },
        ],
      }),
    ],
  });

export default config;
